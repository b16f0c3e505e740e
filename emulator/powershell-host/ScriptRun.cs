using System.Diagnostics;
using System.Management.Automation;
using Newtonsoft.Json.Linq;
using OutboundConnectivity.PowerShellHost.Node;
using OutboundConnectivity.PowerShellHost.Wire;

namespace OutboundConnectivity.PowerShellHost;

internal enum RunEnd
{
    Completed,
    Failed,
    Stopped,
    TimedOut,
}

/// <summary>One run of one script in a session of its own.</summary>
internal sealed class ScriptRun(string id, SimulatedNode node, string script, JObject parameters, int? timeoutMs, AnswerWriter output)
{
    private readonly Lock gate = new();
    private PowerShell? shell;
    private RunEnd? cut;

    /// <summary>Ends the run early; the first reason counts. Returns at once, the end is reported by <see cref="Execute"/>.</summary>
    public void Stop(RunEnd reason)
    {
        lock (gate)
        {
            cut ??= reason;
            shell?.BeginStop(null, null);
        }
    }

    /// <param name="beforeEnd">called when the script is over, before that is reported</param>
    public void Execute(Action beforeEnd)
    {
        var clock = Stopwatch.StartNew();
        using var limit = timeoutMs is { } ms ? new Timer(_ => Stop(RunEnd.TimedOut), null, ms, Timeout.Infinite) : null;
        var (end, errors) = Invoke();
        beforeEnd();
        output.Send(
            ("id", id),
            ("end", Word(end)),
            ("errors", errors.Select(ScriptError.From).ToArray()),
            ("ms", clock.ElapsedMilliseconds));
    }

    private (RunEnd End, IReadOnlyList<ErrorRecord> Errors) Invoke()
    {
        using var runspace = node.OpenRunspace();
        using var invocation = PowerShell.Create(runspace);
        invocation.AddScript(script, useLocalScope: true);
        foreach (var (name, value) in parameters)
        {
            invocation.AddParameter(name, Remoting.Pass(value is null ? null : JsonIn.ToPowerShell(value)));
        }
        var results = new PSDataCollection<PSObject>();
        Forward(results, "output", Remoting.Pass);
        Forward(invocation.Streams.Progress, "progress", Describe);
        Forward(invocation.Streams.Warning, "warning", warning => warning.Message);
        lock (gate)
        {
            if (cut is { } early)
            {
                return (early, []);
            }
            shell = invocation;
        }
        ErrorRecord? terminating = null;
        try
        {
            invocation.Invoke(input: null, results);
        }
        catch (PipelineStoppedException)
        {
            // Told apart below: a stop from outside leaves its reason.
        }
        catch (RuntimeException error)
        {
            terminating = error.ErrorRecord;
        }
        lock (gate)
        {
            shell = null;
            List<ErrorRecord> errors = [.. invocation.Streams.Error];
            if (cut is { } reason)
            {
                return (reason, errors);
            }
            if (terminating is not null)
            {
                errors.Add(terminating);
            }
            return (terminating is null ? RunEnd.Completed : RunEnd.Failed, errors);
        }
    }

    /// <summary>Sends each item of a stream as it comes, and keeps none.</summary>
    private void Forward<T>(PSDataCollection<T> stream, string name, Func<T, object?> convert)
    {
        stream.DataAdded += (_, _) =>
        {
            foreach (var item in stream.ReadAll())
            {
                output.Send(("id", id), (name, convert(item)));
            }
        };
    }

    private static Dictionary<string, object?> Describe(ProgressRecord record) => new()
    {
        ["activity"] = record.Activity,
        ["statusDescription"] = record.StatusDescription,
        ["currentOperation"] = record.CurrentOperation,
        ["percentComplete"] = record.PercentComplete,
        ["completed"] = record.RecordType == ProgressRecordType.Completed,
    };

    private static string Word(RunEnd end) => end switch
    {
        RunEnd.Completed => "completed",
        RunEnd.Failed => "failed",
        RunEnd.Stopped => "stopped",
        _ => "timedOut",
    };
}
