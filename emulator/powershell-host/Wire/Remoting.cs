using System.Management.Automation;

namespace OutboundConnectivity.PowerShellHost.Wire;

/// <summary>What crosses the boundary of a remote session: CLIXML at depth 1, there and back.</summary>
internal static class Remoting
{
    public static object? Pass(object? value) =>
        value is null ? null : PSSerializer.Deserialize(PSSerializer.Serialize(value, 1));
}
