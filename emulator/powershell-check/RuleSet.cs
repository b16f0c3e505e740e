using OutboundConnectivity.PowerShellCheck.Framework;
using OutboundConnectivity.PowerShellCheck.Rules;

namespace OutboundConnectivity.PowerShellCheck;

/// <summary>All rules.</summary>
internal sealed class RuleSet : IDisposable
{
    private readonly FrameworkCatalog framework;
    private readonly Rule[] rules;

    private RuleSet(FrameworkCatalog framework, CommandCatalog commands)
    {
        this.framework = framework;
        rules =
        [
            new ParseRule(),
            new SyntaxRule(),
            new LiteralRule(),
            new VariableRule(),
            new AsciiRule(),
            new QuoteRule(),
            new HelpRule(),
            new CommandNameRule(),
            new CommandRule(commands),
            new StringScriptRule(),
            new JobRule(),
            new ConstrainedRule(),
            new AddTypeRule(),
            new DotSourceRule(),
            new WrapRule(),
            new TypeRule(framework),
            new MemberRule(framework),
        ];
    }

    public static RuleSet Create()
    {
        var data = AppContext.BaseDirectory;
        return new RuleSet(FrameworkCatalog.Load(Path.Combine(data, "reference")), CommandCatalog.Load(Path.Combine(data, "commands.json")));
    }

    /// <summary>Findings in the order of the text.</summary>
    public IEnumerable<Finding> Check(Script script) =>
        rules.SelectMany(rule => rule.Check(script)).Distinct().OrderBy(finding => finding.Line).ThenBy(finding => finding.Column);

    public void Dispose() => framework.Dispose();
}
