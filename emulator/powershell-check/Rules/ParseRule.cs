namespace OutboundConnectivity.PowerShellCheck.Rules;

/// <summary>The text is PowerShell at all.</summary>
internal sealed class ParseRule : Rule
{
    public override string Name => "parse";

    public override IEnumerable<Finding> Check(Script script) => script.Errors.Select(error => At(error.Extent, error.Message));
}
