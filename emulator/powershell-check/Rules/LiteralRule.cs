using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace OutboundConnectivity.PowerShellCheck.Rules;

/// <summary>Numbers and escapes that 5.1 reads otherwise, or not at all.</summary>
internal sealed partial class LiteralRule : Rule
{
    public override string Name => "literal";

    public override IEnumerable<Finding> Check(Script script)
    {
        foreach (var token in script.Tokens.SelectMany(Flatten))
        {
            if (token.Kind == TokenKind.Number && NewNumber().IsMatch(token.Text))
            {
                yield return At(token.Extent, $"the number {token.Text} is not in Windows PowerShell 5.1");
            }
            if (token is StringExpandableToken && NewEscape().IsMatch(token.Text))
            {
                yield return At(token.Extent, "`e and `u{} are not in Windows PowerShell 5.1");
            }
        }
    }

    private static IEnumerable<Token> Flatten(Token token) =>
        token is StringExpandableToken { NestedTokens: { } nested } ? nested.SelectMany(Flatten).Prepend(token) : [token];

    [GeneratedRegex(@"^[+-]?(0b[01_]|(\d+(\.\d*)?(e[+-]?\d+)?|0x[0-9a-f]+?)(u|ul|us|uy|y|s|n)(kb|mb|gb|tb|pb)?$)", RegexOptions.IgnoreCase)]
    private static partial Regex NewNumber();

    [GeneratedRegex(@"(?<!`)(``)*`(e|u\{)", RegexOptions.CultureInvariant)]
    private static partial Regex NewEscape();
}
