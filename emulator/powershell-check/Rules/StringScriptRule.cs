using System.Management.Automation.Language;

namespace OutboundConnectivity.PowerShellCheck.Rules;

/// <summary>No script is made out of text: application control cannot vouch for it, and data could become code.</summary>
internal sealed class StringScriptRule : Rule
{
    private static readonly HashSet<string> Commands = new(StringComparer.OrdinalIgnoreCase) { "Invoke-Expression", "iex" };

    private static readonly HashSet<string> Members = new(StringComparer.OrdinalIgnoreCase)
    {
        "AddScript", "CreateNestedPipeline", "ExpandString", "InvokeScript", "NewScriptBlock", "ParseInput",
    };

    public override string Name => "string-script";

    public override IEnumerable<Finding> Check(Script script)
    {
        foreach (var command in script.All<CommandAst>())
        {
            if (command.GetCommandName() is { } name && Commands.Contains(name))
            {
                yield return At(command.Extent, $"{name} runs text as a script");
            }
        }
        foreach (var call in script.All<InvokeMemberExpressionAst>())
        {
            if (call.Member is not StringConstantExpressionAst { Value: var member })
            {
                continue;
            }
            var onScriptBlock = call.Expression is TypeExpressionAst { TypeName.FullName: var type }
                && (Same(type, "scriptblock") || Same(type, "System.Management.Automation.ScriptBlock") || Same(type, "Management.Automation.ScriptBlock"));
            if ((onScriptBlock && Same(member, "Create")) || Members.Contains(member))
            {
                yield return At(call.Extent, $"{member} makes a script out of text");
            }
        }
        foreach (var cast in script.All<ConvertExpressionAst>())
        {
            if (Same(cast.Type.TypeName.FullName, "scriptblock"))
            {
                yield return At(cast.Extent, "a cast to [scriptblock] makes a script out of text");
            }
        }
    }

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
