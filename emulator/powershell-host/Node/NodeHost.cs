using System.Globalization;
using System.Management.Automation.Host;

namespace OutboundConnectivity.PowerShellHost.Node;

/// <summary>The host of a remote session in which nobody can answer a question.</summary>
internal sealed class NodeHost : PSHost
{
    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "ServerRemoteHost";

    public override Version Version { get; } = new(1, 0, 0, 0);

    public override PSHostUserInterface? UI => null;

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override void SetShouldExit(int exitCode)
    {
    }

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
