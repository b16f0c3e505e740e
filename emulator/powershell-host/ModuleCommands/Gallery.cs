using System.Net.Sockets;

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

    /// <param name="decided">what the seed said; null: try, from this process and so from the node's network</param>
    /// <param name="stop">ends the wait</param>
    public static bool IsReachable(bool? decided, CancellationToken stop)
    {
        if (decided is { } answer)
        {
            return answer;
        }
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        using var client = new TcpClient();
        try
        {
            client.ConnectAsync(Host, Port, patience.Token).AsTask().GetAwaiter().GetResult();
            return true;
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
