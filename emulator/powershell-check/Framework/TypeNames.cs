using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;

namespace OutboundConnectivity.PowerShellCheck.Framework;

/// <summary>What a type name of a script means in 5.1.</summary>
internal sealed class TypeNames(FrameworkCatalog framework)
{
    /// <summary>Names that the parser itself knows; they are no types.</summary>
    private static readonly HashSet<string> ParserNames = new(StringComparer.OrdinalIgnoreCase) { "ordered" };

    /// <summary>The engine's short names. One whose type is not in 5.1 is found to be missing there.</summary>
    private static readonly Dictionary<string, Type> ShortNames = ReadShortNames();

    /// <summary>Null: no such type in 5.1.</summary>
    public Type? Find(ITypeName name) => name switch
    {
        ArrayTypeName => framework.Find("System.Array"),
        GenericTypeName generic => Find($"{generic.TypeName.FullName}`{generic.GenericArguments.Count}"),
        _ => Find(name.FullName),
    };

    /// <summary>The parts of a name that are types of their own: element types and type arguments.</summary>
    public static IEnumerable<ITypeName> Parts(ITypeName name) => name switch
    {
        ArrayTypeName array => Parts(array.ElementType),
        GenericTypeName generic => generic.GenericArguments.SelectMany(Parts).Prepend(generic),
        _ => [name],
    };

    public static bool IsParserName(ITypeName name) => ParserNames.Contains(name.FullName);

    private Type? Find(string name) =>
        ShortNames.TryGetValue(name, out var type)
            ? type == typeof(PSCustomObject) ? framework.Find("System.Management.Automation.PSObject") : framework.Counterpart(type)
            : framework.Find(name);

    private static Dictionary<string, Type> ReadShortNames()
    {
        const string Holder = "System.Management.Automation.TypeAccelerators";
        var property = typeof(PSObject).Assembly.GetType(Holder)?.GetProperty("Get", BindingFlags.Public | BindingFlags.Static)
            ?? throw new InvalidOperationException($"this engine has no {Holder}");
        return new((Dictionary<string, Type>)property.GetValue(null)!, StringComparer.OrdinalIgnoreCase);
    }
}
