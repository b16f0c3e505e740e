using System.Globalization;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet("Sort", "Object")]
internal sealed class SortObjectCommand : PSCmdlet
{
    private readonly List<PSObject?> items = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    [Parameter]
    public SwitchParameter Descending { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    protected override void ProcessRecord() => items.Add(InputObject);

    protected override void EndProcessing()
    {
        var expressions = Property.Select(given => new PropertyExpression(given)).ToArray();
        var order = Comparer<object?[]>.Create(CompareKeys);
        var keyed = items.Select(item => (Item: item, Key: Key(item))).ToList();
        var sorted = Descending ? keyed.OrderByDescending(entry => entry.Key, order) : keyed.OrderBy(entry => entry.Key, order);
        object?[]? previous = null;
        foreach (var (item, key) in sorted)
        {
            if (Unique && previous is not null && CompareKeys(previous, key) == 0)
            {
                continue;
            }
            previous = key;
            WriteObject(item);
        }

        object?[] Key(PSObject? item) => expressions.Length == 0 ? [item] : [.. expressions.Select(expression => expression.Evaluate(item))];
    }

    private static int CompareKeys(object?[]? left, object?[]? right)
    {
        for (var index = 0; index < left!.Length; index++)
        {
            var result = CompareValues(left[index], right![index]);
            if (result != 0)
            {
                return result;
            }
        }
        return 0;
    }

    private static int CompareValues(object? left, object? right)
    {
        try
        {
            return LanguagePrimitives.Compare(left, right, ignoreCase: true, CultureInfo.InvariantCulture);
        }
        catch (ArgumentException)
        {
            // Values that have no order of their own are put in the order of their text.
            return string.Compare(left?.ToString(), right?.ToString(), StringComparison.OrdinalIgnoreCase);
        }
    }
}
