using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsDiagnostic.Test, "Path", DefaultParameterSetName = ByPath)]
internal sealed class TestPathCommand : PathCommand
{
    protected override void ProcessPath(string path)
    {
        var exists = false;
        try
        {
            exists = InvokeProvider.Item.Exists(path, force: false, IsLiteral);
        }
        catch (SessionStateException)
        {
            // No such drive: nothing is there.
        }
        WriteObject(exists);
    }
}

[Cmdlet(VerbsCommon.Get, "Item", DefaultParameterSetName = ByPath)]
internal sealed class GetItemCommand : PathCommand
{
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessPath(string path) =>
        WriteObject(InvokeProvider.Item.Get([path], Force, IsLiteral), enumerateCollection: true);
}

[Cmdlet(VerbsCommon.Get, "ChildItem", DefaultParameterSetName = ByPath)]
internal sealed class GetChildItemCommand : PathCommand
{
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter Name { get; set; }

    protected override void ProcessPath(string path)
    {
        if (Name)
        {
            WriteObject(InvokeProvider.ChildItem.GetNames([path], ReturnContainers.ReturnMatchingContainers, Recurse, uint.MaxValue, Force, IsLiteral), enumerateCollection: true);
        }
        else
        {
            WriteObject(InvokeProvider.ChildItem.Get([path], Recurse, uint.MaxValue, Force, IsLiteral), enumerateCollection: true);
        }
    }
}

[Cmdlet(VerbsCommon.New, "Item", SupportsShouldProcess = true)]
internal sealed class NewItemCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? Name { get; set; }

    [Parameter]
    [Alias("Type")]
    public string? ItemType { get; set; }

    [Parameter(ValueFromPipeline = true)]
    public object? Value { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            if (!ShouldProcess(path))
            {
                continue;
            }
            try
            {
                WriteObject(InvokeProvider.Item.New([path], Name, ItemType, Value, Force), enumerateCollection: true);
            }
            catch (RuntimeException error) when (error is not PipelineStoppedException)
            {
                WriteError(new ErrorRecord(error.ErrorRecord, error));
            }
        }
    }
}

[Cmdlet(VerbsCommon.Remove, "Item", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
internal sealed class RemoveItemCommand : PathCommand
{
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessPath(string path)
    {
        if (ShouldProcess(path))
        {
            InvokeProvider.Item.Remove([path], Recurse, Force, IsLiteral);
        }
    }
}

[Cmdlet(VerbsCommon.Get, "Content", DefaultParameterSetName = ByPath)]
internal sealed class GetContentCommand : PathCommand
{
    [Parameter]
    public SwitchParameter Raw { get; set; }

    protected override void ProcessPath(string path)
    {
        var lines = new List<object>();
        foreach (var reader in InvokeProvider.Content.GetReader([path], force: false, IsLiteral))
        {
            using (reader)
            {
                while (reader.Read(1) is { Count: > 0 } block)
                {
                    lines.AddRange(block.Cast<object>());
                }
            }
        }
        if (Raw)
        {
            WriteObject(string.Join('\n', lines));
        }
        else
        {
            WriteObject(lines, enumerateCollection: true);
        }
    }
}

[Cmdlet(VerbsCommon.Join, "Path")]
internal sealed class JoinPathCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string ChildPath { get; set; } = "";

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            // Windows paths, whatever the computer: the engine would join with its own separator.
            WriteObject($"{path.TrimEnd('\\', '/')}\\{ChildPath.TrimStart('\\', '/')}");
        }
    }
}
