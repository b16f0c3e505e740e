using System.Management.Automation;
using System.Text;

namespace Microsoft.PowerShell.Commands;

/// <summary>Text of objects without the formatting engine; the engine itself calls this to feed native programs.</summary>
[Cmdlet("Out", "String")]
internal sealed class OutStringCommand : PSCmdlet
{
    private readonly StringBuilder text = new();

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter]
    public SwitchParameter Stream { get; set; }

    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; } = 120;

    protected override void ProcessRecord()
    {
        if (Stream)
        {
            WriteObject(InputObject?.ToString());
        }
        else
        {
            text.Append(InputObject).Append("\r\n");
        }
    }

    protected override void EndProcessing()
    {
        if (!Stream)
        {
            WriteObject(text.ToString());
        }
    }
}
