using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Commands that work on items of drives. The work is the engine's own; only the parameters are here.</summary>
internal abstract class PathCommand : PSCmdlet
{
    protected const string ByPath = "Path";
    protected const string ByLiteralPath = "LiteralPath";

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByPath, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = ByLiteralPath, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    protected bool IsLiteral => ParameterSetName == ByLiteralPath;

    protected string[] Paths => IsLiteral ? LiteralPath : Path;

    protected override void ProcessRecord()
    {
        foreach (var path in Paths)
        {
            Try(() => ProcessPath(path));
        }
    }

    protected abstract void ProcessPath(string path);

    /// <summary>What the provider refuses becomes an error of this command, and the next path has its turn.</summary>
    protected void Try(Action action)
    {
        try
        {
            action();
        }
        catch (PipelineStoppedException)
        {
            throw;
        }
        catch (RuntimeException error)
        {
            WriteError(new ErrorRecord(error.ErrorRecord, error));
        }
    }
}
