using Newtonsoft.Json.Linq;
using OutboundConnectivity.PowerShellHost.Node;
using OutboundConnectivity.PowerShellHost.Wire;

namespace OutboundConnectivity.PowerShellHost.WarmUp;

/// <summary>
/// Lets the engine meet what scripts use before anyone waits for it, as on Windows, whose assemblies are precompiled
/// and whose nodes have run scripts before. Works on a node of its own, so that nothing of it shows on the simulated one.
/// </summary>
internal static class EngineWarmUp
{
    private const int LimitMs = 10_000;

    /// <summary>Begins and returns. Nothing waits for it, and whatever goes wrong in it only leaves the engine cold.</summary>
    public static void Begin()
    {
        var thread = new Thread(Run)
        {
            IsBackground = true,
            Name = "warm-up",
            // Heeded on Windows; on Linux .NET gives all threads the same.
            Priority = ThreadPriority.BelowNormal,
        };
        thread.Start();
    }

    private static void Run()
    {
        try
        {
            using var server = new LoopbackTls();
            using var nowhere = new AnswerWriter(TextWriter.Null);
            var node = NodeSeed.Build(new JObject { ["name"] = "warm-up" });
            var parameters = new JObject { ["Port"] = server.Port, ["Items"] = new JArray(new JObject { ["id"] = "1" }) };
            new ScriptRun("warm-up", node, Script(), parameters, LimitMs, nowhere).Execute(beforeEnd: () => { });
        }
        catch (Exception)
        {
            // Nobody asked for this, so nobody is told.
        }
    }

    private static string Script()
    {
        using var text = new StreamReader(typeof(EngineWarmUp).Assembly.GetManifestResourceStream("warm-up.ps1")!);
        return text.ReadToEnd();
    }
}
