using System.Management.Automation.Language;

namespace OutboundConnectivity.PowerShellCheck.Rules;

/// <summary>No Add-Type: it starts a compiler on the node, and constrained sessions forbid it.</summary>
internal sealed class AddTypeRule : Rule
{
    public override string Name => "add-type";

    public override IEnumerable<Finding> Check(Script script) =>
        from command in script.All<CommandAst>()
        where "Add-Type".Equals(command.GetCommandName(), StringComparison.OrdinalIgnoreCase)
        select At(command.Extent, "Add-Type compiles on the node");
}
