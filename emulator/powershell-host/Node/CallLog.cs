using System.Collections.Concurrent;

namespace OutboundConnectivity.PowerShellHost.Node;

/// <summary>A call of a stand-in, with the parameters that the engine bound.</summary>
internal sealed record Call(string Command, IReadOnlyDictionary<string, object?> Parameters);

/// <summary>Calls that scripts made of the commands of the stand-in modules, in order.</summary>
internal sealed class CallLog
{
    private readonly ConcurrentQueue<Call> calls = new();

    public IReadOnlyCollection<Call> All => calls;

    public void Add(string command, IReadOnlyDictionary<string, object?> parameters) => calls.Enqueue(new Call(command, parameters));
}
