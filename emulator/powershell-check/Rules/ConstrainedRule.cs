using System.Management.Automation.Language;
using OutboundConnectivity.PowerShellCheck.Framework;

namespace OutboundConnectivity.PowerShellCheck.Rules;

/// <summary>
/// What the constrained language refuses, in scripts whose help says that they work in it: types, casts and methods that
/// are not among the permitted ones (MicrosoftDocs/PowerShell-Docs, about_Language_Modes at 03150a34), and the cast of a
/// hashtable to an object, which fails there although its type is permitted (PowerShell/PowerShell issue 20767). A line
/// that ends with the comment <c># or refused</c> is one that the script tries and can do without.
/// </summary>
internal sealed class ConstrainedRule : Rule
{
    private const string Tried = "# or refused";

    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "adsi", "adsisearcher", "alias", "array", "bigint", "bool", "byte", "char", "cimclass", "cimconverter", "ciminstance", "cimsession",
        "cimtype", "cmdletbinding", "cultureinfo", "datetime", "decimal", "double", "float", "guid", "hashtable", "int", "int16", "int32",
        "int64", "ipaddress", "ipendpoint", "long", "mailaddress", "nullstring", "object", "ordered", "parameter", "physicaladdress",
        "pscredential", "pscustomobject", "psobject", "ref", "regex", "sbyte", "securestring", "short", "single", "string", "switch",
        "timespan", "uint16", "uint32", "uint64", "uri", "version", "void", "wildcardpattern", "wmi", "wmiclass", "x500distinguishedname",
        "x509certificate", "xml",
    };

    /// <summary>Full names of what the short ones stand for, as far as methods are called on them.</summary>
    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "System.Array", "System.Numerics.BigInteger", "System.Boolean", "System.Byte", "System.Char", "System.DateTime", "System.Decimal",
        "System.Double", "System.Globalization.CultureInfo", "System.Guid", "System.Collections.Hashtable", "System.Int16", "System.Int32",
        "System.Int64", "System.Net.IPAddress", "System.Net.IPEndPoint", "System.Object[]", "System.SByte", "System.Single", "System.String",
        "System.TimeSpan", "System.UInt16", "System.UInt32", "System.UInt64", "System.Uri", "System.Version", "System.Xml.XmlDocument",
        "System.Text.RegularExpressions.Regex", "System.Collections.Specialized.OrderedDictionary",
        "System.Security.Cryptography.X509Certificates.X509Certificate",
    };

    public override string Name => "constrained";

    public static bool? IsConstrained(Script script) => script.Ast.GetHelpContent()?.Notes?.Trim() switch
    {
        "Language: constrained" => true,
        "Language: full" => false,
        _ => null,
    };

    public override IEnumerable<Finding> Check(Script script)
    {
        if (IsConstrained(script) != true)
        {
            return [];
        }
        var lines = script.Text.Split('\n');
        return Refused(script).Where(finding => !lines[finding.Line - 1].TrimEnd().EndsWith(Tried, StringComparison.Ordinal));
    }

    private IEnumerable<Finding> Refused(Script script)
    {
        foreach (var used in script.All<TypeExpressionAst>().Select(type => type.TypeName).Concat(script.All<TypeConstraintAst>().Select(type => type.TypeName)))
        {
            foreach (var part in TypeNames.Parts(used))
            {
                if (!IsPermitted(part.FullName))
                {
                    yield return At(part.Extent, $"[{part.FullName}] is not permitted in the constrained language");
                }
            }
        }
        foreach (var cast in script.All<ConvertExpressionAst>())
        {
            if (cast.Child is HashtableAst && (Same(cast.Type.TypeName.FullName, "pscustomobject") || Same(cast.Type.TypeName.FullName, "psobject")))
            {
                yield return At(cast.Extent, "[pscustomobject]@{...} fails in the constrained language: use New-Object -TypeName psobject -Property");
            }
        }
        foreach (var definition in script.All<TypeDefinitionAst>())
        {
            yield return At(definition.Extent, "the constrained language defines no types");
        }
        foreach (var call in script.All<InvokeMemberExpressionAst>())
        {
            if (call.Static || call.Member is not StringConstantExpressionAst { Value: var method } || Same(method, "ToString"))
            {
                continue;
            }
            var known = TypeInference.Of(call.Expression);
            if (known.Count > 0 && known.All(type => !IsPermittedType(type)))
            {
                yield return At(call.Extent, $"{known[0].FullName}.{method} is not permitted in the constrained language");
            }
        }
        foreach (var command in script.All<CommandAst>().Where(command => Same(command.GetCommandName() ?? "", "New-Object")))
        {
            var type = command.CommandElements.OfType<StringConstantExpressionAst>().Skip(1).FirstOrDefault();
            if (type is not null && !IsPermitted(type.Value))
            {
                yield return At(type.Extent, $"New-Object {type.Value} is not permitted in the constrained language");
            }
        }
    }

    private static bool IsPermitted(string name)
    {
        var bare = name.EndsWith("[]", StringComparison.Ordinal) ? name[..^2] : name;
        return Names.Contains(bare) || Types.Contains(bare) || Types.Contains($"System.{bare}");
    }

    private static bool IsPermittedType(Type type) =>
        type.IsArray ? IsPermittedType(type.GetElementType()!) || type.GetElementType() == typeof(object) : Types.Contains(type.FullName ?? "");

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
