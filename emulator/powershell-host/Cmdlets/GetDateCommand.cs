using System.Globalization;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Get, "Date")]
internal sealed class GetDateCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public DateTime Date { get; set; } = DateTime.Now;

    [Parameter]
    public string? Format { get; set; }

    protected override void ProcessRecord()
    {
        if (Format is null)
        {
            WriteObject(Date);
        }
        else
        {
            WriteObject(Date.ToString(Format, CultureInfo.InvariantCulture));
        }
    }
}
