using System.Reflection;

namespace OutboundConnectivity.PowerShellCheck.Framework;

/// <summary>The numbers of arguments that a method takes, as a set of bits.</summary>
internal readonly record struct ArgumentCounts(UInt128 Bits)
{
    private const int Most = 127;

    public static ArgumentCounts Of(MethodBase method)
    {
        var parameters = method.GetParameters();
        var least = parameters.Count(parameter => !parameter.IsOptional);
        var most = parameters.Length;
        if (most > 0 && parameters[^1].GetCustomAttributesData().Any(attribute => attribute.AttributeType.FullName == "System.ParamArrayAttribute"))
        {
            least--;
            most = Most;
        }
        var bits = UInt128.Zero;
        for (var count = least; count <= most; count++)
        {
            bits |= UInt128.One << count;
        }
        return new ArgumentCounts(bits);
    }

    public bool Allow(int count) => count <= Most && (Bits >> count & UInt128.One) != UInt128.Zero;

    public ArgumentCounts Or(ArgumentCounts other) => new(Bits | other.Bits);
}
