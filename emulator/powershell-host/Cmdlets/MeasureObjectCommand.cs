using System.Globalization;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet("Measure", "Object")]
internal sealed class MeasureObjectCommand : PSCmdlet
{
    private readonly List<object?> values = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public string? Property { get; set; }

    [Parameter]
    public SwitchParameter Sum { get; set; }

    [Parameter]
    public SwitchParameter Average { get; set; }

    [Parameter]
    public SwitchParameter Minimum { get; set; }

    [Parameter]
    public SwitchParameter Maximum { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }
        if (Property is null)
        {
            values.Add(InputObject.BaseObject);
        }
        else if (new PropertyExpression(Property).Evaluate(InputObject) is { } value)
        {
            values.Add(value);
        }
    }

    protected override void EndProcessing()
    {
        var numbers = Sum || Average ? values.Select(LanguagePrimitives.ConvertTo<double>).ToList() : [];
        var bag = new PSObject();
        bag.Properties.Add(new PSNoteProperty("Count", values.Count));
        bag.Properties.Add(new PSNoteProperty("Average", Average && numbers.Count > 0 ? numbers.Average() : null));
        bag.Properties.Add(new PSNoteProperty("Sum", Sum ? numbers.Sum() : null));
        bag.Properties.Add(new PSNoteProperty("Maximum", Maximum ? Extreme(1) : null));
        bag.Properties.Add(new PSNoteProperty("Minimum", Minimum ? Extreme(-1) : null));
        bag.Properties.Add(new PSNoteProperty("Property", Property));
        WriteObject(bag);
    }

    private object? Extreme(int sign) => values.Count == 0
        ? null
        : values.Aggregate((best, value) => sign * LanguagePrimitives.Compare(value, best, ignoreCase: true, CultureInfo.InvariantCulture) > 0 ? value : best);
}
