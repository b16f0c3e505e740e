using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Select, "Object")]
internal sealed class SelectObjectCommand : PSCmdlet
{
    private readonly List<PSObject?> items = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    [Parameter]
    public string? ExpandProperty { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int First { get; set; } = -1;

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Last { get; set; } = -1;

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    private bool Streams => First < 0 && Last < 0 && Skip == 0 && !Unique;

    protected override void ProcessRecord()
    {
        if (Streams)
        {
            Emit(InputObject);
        }
        else
        {
            items.Add(InputObject);
        }
    }

    protected override void EndProcessing()
    {
        IEnumerable<PSObject?> chosen = Last >= 0 ? items.SkipLast(Skip) : items.Skip(Skip);
        if (First >= 0)
        {
            chosen = chosen.Take(First);
        }
        if (Last >= 0)
        {
            chosen = chosen.TakeLast(Last);
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in chosen)
        {
            if (!Unique || seen.Add(PSSerializer.Serialize(Project(item), 1)))
            {
                Emit(item);
            }
        }
    }

    private void Emit(PSObject? item)
    {
        if (ExpandProperty is null)
        {
            WriteObject(Project(item));
        }
        else if (item?.Properties[ExpandProperty] is { } property)
        {
            WriteObject(property.Value, enumerateCollection: true);
        }
        else
        {
            var message = $"Property \"{ExpandProperty}\" cannot be found.";
            WriteError(new ErrorRecord(new PSArgumentException(message), "ExpandPropertyNotFound", ErrorCategory.InvalidArgument, item));
        }
    }

    private PSObject? Project(PSObject? item)
    {
        if (Property.Length == 0)
        {
            return item;
        }
        var bag = new PSObject();
        bag.TypeNames.Insert(0, "Selected." + (item?.TypeNames.FirstOrDefault() ?? "System.Management.Automation.PSCustomObject"));
        foreach (var (name, value) in Property.SelectMany(given => new PropertyExpression(given).Pick(item)))
        {
            if (bag.Properties[name] is null)
            {
                bag.Properties.Add(new PSNoteProperty(name, value));
            }
        }
        return bag;
    }
}
