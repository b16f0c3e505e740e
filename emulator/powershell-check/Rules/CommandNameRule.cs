using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;

namespace OutboundConnectivity.PowerShellCheck.Rules;

/// <summary>Names of scripts and functions: an approved verb, one dash, a noun. A script's name becomes its function's.</summary>
internal sealed class CommandNameRule : Rule
{
    private static readonly Type[] VerbGroups =
    [
        typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic),
        typeof(VerbsLifecycle), typeof(VerbsOther), typeof(VerbsSecurity),
    ];

    /// <summary>Build and Deploy were approved after 5.1.</summary>
    private static readonly HashSet<string> Approved = VerbGroups
        .SelectMany(group => group.GetFields(BindingFlags.Public | BindingFlags.Static))
        .Select(field => field.Name)
        .Except(["Build", "Deploy"])
        .ToHashSet(StringComparer.Ordinal);

    public override string Name => "name";

    public override IEnumerable<Finding> Check(Script script)
    {
        if (Wrong(Path.GetFileNameWithoutExtension(script.File)) is { } file)
        {
            yield return AtTop(file);
        }
        foreach (var function in script.All<FunctionDefinitionAst>())
        {
            if (Wrong(function.Name) is { } message)
            {
                yield return At(function.Extent, message);
            }
        }
    }

    private static string? Wrong(string name) => name.Split('-') switch
    {
        [var verb, { Length: > 0 } noun] when !noun.All(char.IsAsciiLetterOrDigit) || !verb.All(char.IsAsciiLetter) => $"{name}: letters and digits only",
        [var verb, { Length: > 0 }] => Approved.Contains(verb) ? null : $"{name}: {verb} is no approved verb",
        _ => $"{name}: a name has one dash, between verb and noun",
    };
}
