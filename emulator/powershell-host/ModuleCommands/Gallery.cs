using System.Net.Sockets;
using System.Text;
using OutboundConnectivity.PowerShellHost.Node;
using OutboundConnectivity.PowerShellHost.WinInet;

namespace OutboundConnectivity.PowerShellHost.ModuleCommands;

/// <summary>The PowerShell Gallery as this node's network sees it.</summary>
internal static class Gallery
{
    private const string Host = "www.powershellgallery.com";
    private const int Port = 443;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The modules that it holds, with their versions.</summary>
    public static IReadOnlyDictionary<string, Version> Modules { get; } =
        new Dictionary<string, Version>(StringComparer.OrdinalIgnoreCase) { ["WinInetProxy"] = new(0, 1, 0) };

    /// <summary>
    /// What the seed said, else a real connection from this process, and so from the node's network: through the
    /// proxy that is given, else the WinINet proxy when one is in force, as PackageManagement does.
    /// </summary>
    public static bool IsReachable(SimulatedNode node, string? proxy, CancellationToken stop)
    {
        if (node.Gallery is { } decided)
        {
            return decided;
        }
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            return ConnectAsync(proxy ?? WinInetStore.ProxyInForce(node.Registry), patience.Token).GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is SocketException or IOException or FormatException or OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task<bool> ConnectAsync(string? proxy, CancellationToken stop)
    {
        using var client = new TcpClient();
        if (proxy is null)
        {
            await client.ConnectAsync(Host, Port, stop);
            return true;
        }
        var address = new Uri(proxy.Contains("://") ? proxy : $"http://{proxy}");
        await client.ConnectAsync(address.Host, address.Port, stop);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"CONNECT {Host}:{Port} HTTP/1.1\r\nHost: {Host}:{Port}\r\n\r\n"), stop);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return (await reader.ReadLineAsync(stop))?.Split(' ') is [_, "200", ..];
    }
}
