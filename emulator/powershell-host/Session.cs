using System.Collections.Concurrent;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using OutboundConnectivity.PowerShellHost.Node;
using OutboundConnectivity.PowerShellHost.Registry;
using OutboundConnectivity.PowerShellHost.WarmUp;
using OutboundConnectivity.PowerShellHost.Wire;

namespace OutboundConnectivity.PowerShellHost;

/// <summary>Serves requests until the input ends. A bad request is answered with <c>fatal</c> and nothing else happens.</summary>
internal sealed class Session(TextReader input, AnswerWriter output)
{
    private readonly ConcurrentDictionary<string, ScriptRun> runs = new();
    private SimulatedNode? node;

    public void Serve()
    {
        while (input.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                Answer(line);
            }
        }
        StopAll();
    }

    private void Answer(string line)
    {
        string? id = null;
        try
        {
            var request = JsonIn.Parse(line) as JObject ?? throw new FormatException("a request is an object");
            id = Text(request, "id");
            Handle(id, request);
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            Fatal(id, error.Message);
        }
    }

    private void Handle(string id, JObject request)
    {
        switch (Text(request, "op"))
        {
            case "seed":
                StopAll();
                var first = node is null;
                node = NodeSeed.Build(request["node"] as JObject ?? throw new FormatException("node is missing"));
                ModuleFolders.Use(node);
                Done(id);
                if (first)
                {
                    EngineWarmUp.Begin();
                }
                break;
            case "run":
                Start(id, request);
                break;
            case "stop":
                if (runs.TryGetValue(Text(request, "target"), out var run))
                {
                    run.Stop(RunEnd.Stopped);
                }
                Done(id);
                break;
            case "state":
                SendState(id, Seeded());
                break;
            case var other:
                throw new FormatException($"op \"{other}\" is none of seed, run, stop, state");
        }
    }

    private void Start(string id, JObject request)
    {
        var parameters = request["parameters"] switch
        {
            null or { Type: JTokenType.Null } => [],
            JObject map => map,
            _ => throw new FormatException("parameters is no object"),
        };
        int? timeout = request["timeoutMs"] switch
        {
            null or { Type: JTokenType.Null } => null,
            { Type: JTokenType.Integer } limit when (long)limit is > 0 and <= int.MaxValue => (int)limit,
            _ => throw new FormatException("timeoutMs is no positive number of milliseconds"),
        };
        var run = new ScriptRun(id, Seeded(), Text(request, "script"), parameters, timeout, output);
        if (!runs.TryAdd(id, run))
        {
            throw new FormatException($"a run with the id \"{id}\" is under way");
        }
        var thread = new Thread(() =>
        {
            try
            {
                run.Execute(beforeEnd: () => runs.TryRemove(id, out _));
            }
            catch (Exception error)
            {
                // A fault of this program, not of the script: say so, and keep the other runs alive.
                runs.TryRemove(id, out _);
                Fatal(id, error.ToString());
            }
        })
        {
            IsBackground = true,
            Name = $"run {id}",
        };
        thread.Start();
    }

    private void SendState(string id, SimulatedNode from) => output.Send(
        ("id", id),
        ("name", from.Name),
        ("registry", RegistryJson.Write(from.Registry)),
        ("environment", from.Environment.ToDictionary()),
        ("modules", from.GalleryModules.Keys.ToArray()),
        ("calls", from.Calls.All.Select(call => new Dictionary<string, object?> { ["command"] = call.Command, ["parameters"] = call.Parameters }).ToArray()));

    private SimulatedNode Seeded() => node ?? throw new FormatException("the node is not seeded yet");

    private void StopAll()
    {
        foreach (var run in runs.Values)
        {
            run.Stop(RunEnd.Stopped);
        }
    }

    private void Done(string id) => output.Send(("id", id), ("done", true));

    private void Fatal(string? id, string message)
    {
        if (id is null)
        {
            output.Send(("fatal", message));
        }
        else
        {
            output.Send(("id", id), ("fatal", message));
        }
    }

    private static string Text(JObject from, string name) =>
        from[name] is { Type: JTokenType.String } text ? (string)text! : throw new FormatException($"{name} is missing or no string");
}
