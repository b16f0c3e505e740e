using System.Collections.ObjectModel;
using System.Management.Automation;
using Microsoft.Win32;
using OutboundConnectivity.PowerShellHost.Registry;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Get, "ItemProperty", DefaultParameterSetName = ByPath)]
internal sealed class GetItemPropertyCommand : PathCommand
{
    [Parameter(Position = 1)]
    [Alias("PSProperty")]
    public string[] Name { get; set; } = [];

    protected override void ProcessPath(string path) =>
        WriteObject(InvokeProvider.Property.Get([path], new Collection<string>(Name), IsLiteral), enumerateCollection: true);
}

[Cmdlet(VerbsCommon.Set, "ItemProperty", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
internal sealed class SetItemPropertyCommand : PathCommand
{
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("PSProperty")]
    public string Name { get; set; } = "";

    [Parameter(Mandatory = true, Position = 2)]
    [AllowNull]
    public object? Value { get; set; }

    /// <summary>On Windows the registry provider adds this one.</summary>
    [Parameter]
    public RegistryValueKind? Type { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessPath(string path)
    {
        if (ShouldProcess($"Item: {path} Property: {Name}"))
        {
            var bag = new PSObject();
            bag.Properties.Add(new PSNoteProperty(Name, Type is { } kind ? new TypedData(kind, Value) : Value));
            InvokeProvider.Property.Set([path], bag, Force, IsLiteral);
        }
    }
}

[Cmdlet(VerbsCommon.New, "ItemProperty", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
internal sealed class NewItemPropertyCommand : PathCommand
{
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("PSProperty")]
    public string Name { get; set; } = "";

    [Parameter]
    [Alias("Type")]
    public string? PropertyType { get; set; }

    [Parameter]
    public object? Value { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessPath(string path)
    {
        if (ShouldProcess($"Item: {path} Property: {Name}"))
        {
            WriteObject(InvokeProvider.Property.New([path], Name, PropertyType, Value, Force, IsLiteral), enumerateCollection: true);
        }
    }
}

[Cmdlet(VerbsCommon.Remove, "ItemProperty", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
internal sealed class RemoveItemPropertyCommand : PathCommand
{
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("PSProperty")]
    public string[] Name { get; set; } = [];

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessPath(string path)
    {
        foreach (var name in Name)
        {
            if (ShouldProcess($"Item: {path} Property: {name}"))
            {
                Try(() => InvokeProvider.Property.Remove([path], name, Force, IsLiteral));
            }
        }
    }
}
