using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Provider;
using OutboundConnectivity.PowerShellHost.Node;

namespace OutboundConnectivity.PowerShellHost.Registry;

/// <summary>Drives HKLM: and HKCU: over the node's registry, with the real provider's errors. Keys only; values are in the other half.</summary>
[CmdletProvider("Registry", ProviderCapabilities.ShouldProcess)]
internal sealed partial class RegistryProvider : NavigationCmdletProvider
{
    private static RegistryHives Hives => SimulatedNode.Current.Registry;

    public override char ItemSeparator => '\\';

    public override char AltItemSeparator => '/';

    protected override Collection<PSDriveInfo> InitializeDefaultDrives() =>
    [
        new("HKLM", ProviderInfo, "HKEY_LOCAL_MACHINE", "The configuration settings for the local computer", null),
        new("HKCU", ProviderInfo, "HKEY_CURRENT_USER", "The configuration settings for the current user", null),
    ];

    protected override bool IsValidPath(string path) => true;

    protected override bool ItemExists(string path) => Hives.Exists(path);

    protected override bool IsItemContainer(string path) => Hives.Exists(path);

    protected override bool HasChildItems(string path) => Hives.Read(path)?.SubKeys.Count > 0;

    protected override void GetItem(string path)
    {
        if (Read(path) is { } key)
        {
            WriteKey(key);
        }
    }

    protected override void GetChildItems(string path, bool recurse)
    {
        foreach (var name in Read(path)?.SubKeys ?? [])
        {
            var child = $"{RegistryPath.Full(path)}\\{name}";
            if (Hives.Read(child) is { } key)
            {
                WriteKey(key);
                if (recurse)
                {
                    GetChildItems(child, recurse);
                }
            }
        }
    }

    protected override void GetChildNames(string path, ReturnContainers returnContainers)
    {
        foreach (var name in Read(path)?.SubKeys ?? [])
        {
            WriteItemObject(name, $"{RegistryPath.Full(path)}\\{name}", isContainer: true);
        }
    }

    protected override void NewItem(string path, string itemTypeName, object newItemValue)
    {
        var parent = RegistryPath.Parent(path);
        if (Hives.Exists(path))
        {
            if (!Force)
            {
                Fail(new IOException("A key in this path already exists."), ErrorCategory.ResourceExists, path);
                return;
            }
            // The real provider makes the key anew: what was in it is gone.
            Hives.RemoveKey(path);
        }
        else if (!Force && !Hives.Exists(parent))
        {
            Fail(new IOException("The registry key at the specified path does not exist."), ErrorCategory.InvalidArgument, path);
            return;
        }
        Hives.CreateKey(path);
        WriteKey(Hives.Read(path)!);
    }

    protected override void RemoveItem(string path, bool recurse)
    {
        if (Read(path) is not null)
        {
            Hives.RemoveKey(path);
        }
    }

    private KeySnapshot? Read(string path)
    {
        var key = Hives.Read(path);
        if (key is null)
        {
            var message = $"Cannot find path '{RegistryPath.WithDrive(path)}' because it does not exist.";
            WriteError(new ErrorRecord(new ItemNotFoundException(message), "PathNotFound", ErrorCategory.ObjectNotFound, path));
        }
        return key;
    }

    private void WriteKey(KeySnapshot key) => WriteItemObject(new RegistryKeyItem(key), key.Path, isContainer: true);

    private void Fail(Exception exception, ErrorCategory category, object target) =>
        WriteError(new ErrorRecord(exception, exception.GetType().FullName, category, target));
}
