using System.Management.Automation;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using OutboundConnectivity.PowerShellHost.Wire;

namespace Microsoft.PowerShell.Commands;

/// <summary>As in 5.1: an array is one object, dates as text stay text, names that differ in case only are an error.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Json")]
internal sealed class ConvertFromJsonCommand : PSCmdlet
{
    private readonly List<string> texts = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; } = "";

    protected override void ProcessRecord() => texts.Add(InputObject);

    protected override void EndProcessing()
    {
        // Several texts are JSON each, or the lines of one.
        if (texts.Count > 1 && !IsJson(texts[0]))
        {
            Convert(string.Join('\n', texts));
            return;
        }
        texts.ForEach(Convert);
    }

    private static bool IsJson(string text)
    {
        try
        {
            JsonIn.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Convert(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }
        try
        {
            var token = JsonIn.Parse(text);
            RejectSimilarNames(token);
            WriteObject(JsonIn.ToPowerShell(token), enumerateCollection: false);
        }
        catch (JsonException error)
        {
            Fail(new ArgumentException($"Invalid JSON primitive: {error.Message}"), "System.ArgumentException", ErrorCategory.NotSpecified);
        }
    }

    private void RejectSimilarNames(JToken token)
    {
        if (token is JObject map)
        {
            var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var (name, _) in map)
            {
                if (!names.TryAdd(name, name))
                {
                    var message = $"Cannot convert the JSON string because a dictionary that was converted from the string contains the duplicated keys '{names[name]}' and '{name}'.";
                    Fail(new InvalidOperationException(message), "DuplicateKeysInJsonString", ErrorCategory.InvalidOperation);
                }
            }
        }
        foreach (var child in token.Children())
        {
            RejectSimilarNames(child);
        }
    }

    private void Fail(Exception exception, string id, ErrorCategory category) =>
        ThrowTerminatingError(new ErrorRecord(exception, id, category, null));
}

/// <summary>As in 5.1: depth 2 unless told, enumerations as numbers, dates as \/Date(…)\/. Always compact.</summary>
[Cmdlet(VerbsData.ConvertTo, "Json")]
internal sealed class ConvertToJsonCommand : PSCmdlet
{
    private readonly List<object?> items = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    [Parameter]
    [ValidateRange(1, 100)]
    public int Depth { get; set; } = 2;

    [Parameter]
    public SwitchParameter Compress { get; set; }

    protected override void ProcessRecord() => items.Add(InputObject);

    protected override void EndProcessing()
    {
        using var text = new StringWriter();
        using (var json = new JsonTextWriter(text) { StringEscapeHandling = StringEscapeHandling.EscapeHtml })
        {
            JsonOut.Write(json, items.Count == 1 ? items[0] : items, Depth + 1, JsonDialect.PowerShell51);
        }
        WriteObject(text.ToString());
    }
}
