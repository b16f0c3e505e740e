using System.Collections.ObjectModel;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet("Group", "Object")]
internal sealed class GroupObjectCommand : PSCmdlet
{
    private readonly List<PSObject?> items = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    [Parameter]
    public SwitchParameter NoElement { get; set; }

    protected override void ProcessRecord() => items.Add(InputObject);

    protected override void EndProcessing()
    {
        var expressions = Property.Select(given => new PropertyExpression(given)).ToArray();
        foreach (var group in items.GroupBy(Name, StringComparer.OrdinalIgnoreCase))
        {
            var bag = new PSObject();
            bag.Properties.Add(new PSNoteProperty("Count", group.Count()));
            bag.Properties.Add(new PSNoteProperty("Name", group.Key));
            if (!NoElement)
            {
                bag.Properties.Add(new PSNoteProperty("Group", new Collection<PSObject?>([.. group])));
            }
            WriteObject(bag);
        }

        string Name(PSObject? item) => expressions.Length == 0
            ? item?.ToString() ?? ""
            : string.Join(", ", expressions.Select(expression => expression.Evaluate(item)?.ToString() ?? ""));
    }
}
