using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace OutboundConnectivity.PowerShellHost.Node;

/// <summary>The node's drive C:, in a folder of its own below the computer's temporary one.</summary>
internal sealed class NodeDrive : IDisposable
{
    private readonly Lazy<string> root = new(() => Directory.CreateTempSubdirectory("outbound-connectivity-node-").FullName);

    public NodeDrive() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();

    /// <summary>Where modules for all users lie; need not exist.</summary>
    public string Modules => Path.Combine(root.Value, "Program Files", "WindowsPowerShell", "Modules");

    public void Mount(Runspace runspace)
    {
        var provider = runspace.SessionStateProxy.Provider.GetOne("FileSystem");
        runspace.SessionStateProxy.Drive.New(new PSDriveInfo("C", provider, root.Value, "", null), "global");
    }

    public void Dispose()
    {
        if (root.IsValueCreated && Directory.Exists(root.Value))
        {
            Directory.Delete(root.Value, recursive: true);
        }
    }
}
