using System.Management.Automation;
using OutboundConnectivity.PowerShellHost.Node;

namespace OutboundConnectivity.PowerShellHost.ModuleCommands;

/// <summary>A command of a module that only Windows has. Each call is kept for the node's state.</summary>
public abstract class StandInCommand : PSCmdlet
{
    private protected static SimulatedNode Node => SimulatedNode.Current;

    protected override void BeginProcessing() => Node.Calls.Add(
        MyInvocation.MyCommand.Name,
        MyInvocation.BoundParameters.ToDictionary(bound => bound.Key, bound => Plain(bound.Value)));

    private static object? Plain(object? value) => value switch
    {
        SwitchParameter flag => flag.IsPresent,
        PSObject bag => bag.BaseObject,
        _ => value,
    };
}
