using System.Management.Automation.Language;

namespace OutboundConnectivity.PowerShellCheck.Rules;

/// <summary>The text also works as the body of a function: Windows Admin Center sends it inside one, and its module is made of such.</summary>
internal sealed class WrapRule : Rule
{
    public override string Name => "wrap";

    public override IEnumerable<Finding> Check(Script script)
    {
        if (script.Errors.Count == 0)
        {
            Parser.ParseInput($"function Invoke-Wrapped {{\n{script.Text}\n}}", out _, out var errors);
            foreach (var error in errors)
            {
                yield return new Finding(Math.Max(1, error.Extent.StartLineNumber - 1), error.Extent.StartColumnNumber, Name, $"inside a function: {error.Message}");
            }
        }
        foreach (var exit in script.All<ExitStatementAst>())
        {
            yield return At(exit.Extent, "exit would end the session of the caller: use return or throw");
        }
    }
}
