using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace OutboundConnectivity.PowerShellHost.Node;

/// <summary>Ports on which a node's services would listen: they accept, say nothing, and end when the other side does.</summary>
internal static class NodeListeners
{
    private static readonly ConcurrentDictionary<int, TcpListener> ByPort = new();

    /// <summary>Once a port and process; a port that may not be opened here stays closed.</summary>
    public static void Open(IEnumerable<int> ports)
    {
        foreach (var port in ports)
        {
            var listener = new TcpListener(IPAddress.Any, port);
            if (!ByPort.TryAdd(port, listener))
            {
                continue;
            }
            try
            {
                listener.Start();
                _ = ServeAsync(listener);
            }
            catch (SocketException)
            {
                listener.Dispose();
            }
        }
    }

    private static async Task ServeAsync(TcpListener listener)
    {
        while (true)
        {
            var client = await listener.AcceptTcpClientAsync().ConfigureAwait(false);
            _ = DrainAsync(client);
        }
    }

    private static async Task DrainAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await client.GetStream().CopyToAsync(Stream.Null).ConfigureAwait(false);
            }
            catch (IOException)
            {
                // The other side broke it off.
            }
        }
    }
}
