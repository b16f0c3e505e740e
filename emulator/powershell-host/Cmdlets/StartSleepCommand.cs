using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsLifecycle.Start, "Sleep", DefaultParameterSetName = "Seconds")]
internal sealed class StartSleepCommand : PSCmdlet, IDisposable
{
    private readonly ManualResetEventSlim stopped = new();

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Seconds", ValueFromPipeline = true)]
    [ValidateRange(0, int.MaxValue / 1000)]
    public int Seconds { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "Milliseconds")]
    [ValidateRange(0, int.MaxValue)]
    public int Milliseconds { get; set; }

    public void Dispose() => stopped.Dispose();

    protected override void ProcessRecord() => stopped.Wait(ParameterSetName == "Seconds" ? Seconds * 1000 : Milliseconds);

    protected override void StopProcessing() => stopped.Set();
}
