using System.Management.Automation.Language;

namespace OutboundConnectivity.PowerShellCheck.Rules;

/// <summary>No dot-sourcing: a script travels alone, there is no other file beside it.</summary>
internal sealed class DotSourceRule : Rule
{
    public override string Name => "dot-source";

    public override IEnumerable<Finding> Check(Script script) =>
        from command in script.All<CommandAst>()
        where command.InvocationOperator == TokenKind.Dot
        select At(command.Extent, "dot-sourcing needs another file, or changes the caller's scope");
}
