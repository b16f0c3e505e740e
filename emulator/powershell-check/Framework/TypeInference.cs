using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;

namespace OutboundConnectivity.PowerShellCheck.Framework;

/// <summary>The engine's own guess at the types of an expression, which it uses for completion.</summary>
internal static class TypeInference
{
    private static readonly MethodInfo Infer = FindInfer();

    /// <summary>Types of .NET that the expression may have; none when nothing is known that tells its members.</summary>
    public static IReadOnlyList<Type> Of(Ast expression) =>
        ((IEnumerable<PSTypeName>)Infer.Invoke(null, [expression])!)
        .Select(name => name.Type)
        .OfType<Type>()
        .Where(type => type != typeof(object) && !typeof(PSObject).IsAssignableFrom(type) && type != typeof(PSCustomObject) && !typeof(IDictionary).IsAssignableFrom(type))
        .Distinct()
        .ToList();

    private static MethodInfo FindInfer()
    {
        const string Holder = "System.Management.Automation.AstTypeInference";
        const BindingFlags Flags = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        return typeof(PSObject).Assembly.GetType(Holder)?.GetMethod("InferTypeOf", Flags, [typeof(Ast)])
            ?? throw new InvalidOperationException($"this engine has no {Holder}.InferTypeOf");
    }
}
