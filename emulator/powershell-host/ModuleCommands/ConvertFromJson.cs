using System.Management.Automation;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using OutboundConnectivity.PowerShellHost.Wire;

// The real command's place and name: they show in FullyQualifiedErrorId.
namespace Microsoft.PowerShell.Commands;

/// <summary>
/// As in 5.1, in the place of the engine's own: an array is one object, dates as text stay text, names that differ in case only
/// are an error. Every parameter of a script comes through it, so that a newer dialect would feed scripts what no Windows node does.
/// </summary>
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
