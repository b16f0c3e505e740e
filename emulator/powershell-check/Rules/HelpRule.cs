using System.Management.Automation.Language;

namespace OutboundConnectivity.PowerShellCheck.Rules;

/// <summary>Help that begins the script, with the role that Windows Admin Center's module build reads.</summary>
internal sealed class HelpRule : Rule
{
    private static readonly string[] Roles = ["Readers", "Administrators"];

    public override string Name => "help";

    public override IEnumerable<Finding> Check(Script script)
    {
        if (script.Tokens.FirstOrDefault(token => token.Kind != TokenKind.NewLine) is not { Kind: TokenKind.Comment } || script.Ast.GetHelpContent() is not { } help)
        {
            return [AtTop("the script does not begin with comment-based help")];
        }
        var missing = new List<Finding>();
        if (string.IsNullOrWhiteSpace(help.Synopsis))
        {
            missing.Add(AtTop(".SYNOPSIS is missing"));
        }
        if (string.IsNullOrWhiteSpace(help.Description))
        {
            missing.Add(AtTop(".DESCRIPTION is missing"));
        }
        if (ConstrainedRule.IsConstrained(script) is null)
        {
            missing.Add(AtTop(".NOTES is neither \"Language: constrained\" nor \"Language: full\""));
        }
        var role = help.Role?.Trim() ?? "";
        if (!Roles.Contains(role, StringComparer.Ordinal))
        {
            missing.Add(AtTop(role.Length == 0 ? ".ROLE is missing" : $".ROLE is \"{role}\", not Readers or Administrators"));
        }
        return missing;
    }
}
