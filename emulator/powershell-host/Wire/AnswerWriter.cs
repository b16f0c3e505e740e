using Newtonsoft.Json;

namespace OutboundConnectivity.PowerShellHost.Wire;

/// <summary>Writes answers, one JSON object a line; runs may answer at the same time.</summary>
internal sealed class AnswerWriter(TextWriter writer) : IDisposable
{
    private readonly Lock gate = new();

    public void Send(params ReadOnlySpan<(string Name, object? Value)> fields)
    {
        using var line = new StringWriter();
        using (var json = new JsonTextWriter(line) { StringEscapeHandling = StringEscapeHandling.EscapeNonAscii })
        {
            json.WriteStartObject();
            foreach (var (name, value) in fields)
            {
                json.WritePropertyName(name);
                JsonOut.Write(json, value);
            }
            json.WriteEndObject();
        }
        lock (gate)
        {
            writer.Write(line.ToString());
            writer.Write('\n');
            writer.Flush();
        }
    }

    public void Dispose() => writer.Dispose();
}
