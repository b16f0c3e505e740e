using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using OutboundConnectivity.PowerShellHost.Registry;

namespace OutboundConnectivity.PowerShellHost.Node;

/// <summary>What one node has: registry, environment, modules, its cluster. Shared by all runs on it.</summary>
internal sealed class SimulatedNode
{
    private static readonly ConcurrentDictionary<Guid, SimulatedNode> ByRunspace = new();

    public required string Name { get; init; }

    public required string Fqdn { get; init; }

    public PSLanguageMode LanguageMode { get; init; } = PSLanguageMode.FullLanguage;

    /// <summary>The extension's module, trusted by the node's policy: name and code; null: it is not on the node.</summary>
    public (string Name, string Code)? SignedModule { get; init; }

    public RegistryHives Registry { get; } = new();

    /// <summary>One environment for all runs, as a gateway keeps one PowerShell process for a node.</summary>
    public ConcurrentDictionary<string, string> Environment { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Absent on a computer that is in no cluster.</summary>
    public ClusterFacts? Cluster { get; init; }

    /// <summary>Whether the PowerShell Gallery answers; null: the network decides.</summary>
    public bool? Gallery { get; init; }

    /// <summary>Modules from the gallery that are on the node, by name.</summary>
    public ConcurrentDictionary<string, bool> GalleryModules { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Package providers on the node, with their versions. A new node has no NuGet provider.</summary>
    public ConcurrentDictionary<string, Version> PackageProviders { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Version that curl.exe plays; '': as it is; null: the node has none.</summary>
    public string? CurlVersion { get; init; } = "";

    /// <summary>What <c>azcmagent config get</c> answers, by name; null: the Arc agent is not on the node.</summary>
    public IReadOnlyDictionary<string, string>? ArcAgent { get; init; }

    /// <summary>How azcmagent.exe, which is there then, fails to answer: crashes, fails, babbles or hangs; null: it answers.</summary>
    public string? ArcAgentFault { get; init; }

    /// <summary>Windows' programs that application control keeps from starting, without <c>.exe</c>.</summary>
    public IReadOnlySet<string> BlockedPrograms { get; init; } = new HashSet<string>();

    /// <summary>IPv4 addresses.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>The proxy that Network ATC writes; null: it writes none.</summary>
    public string? NetworkAtcProxy { get; init; }

    /// <summary>Drive C: of the node, a folder of this computer that goes with the process.</summary>
    public NodeDrive Drive { get; } = new();

    public CallLog Calls { get; } = new();

    /// <summary>The node of the runspace that is running on this thread.</summary>
    public static SimulatedNode Current =>
        Runspace.DefaultRunspace is { } runspace && ByRunspace.TryGetValue(runspace.InstanceId, out var node)
            ? node
            : throw new InvalidOperationException("This runspace belongs to no simulated node.");

    /// <summary>A fresh session on this node. Dispose it when the run is over.</summary>
    public Runspace OpenRunspace()
    {
        var runspace = RunspaceFactory.CreateRunspace(new NodeHost(), SessionStateFactory.Create(hasArcAgent: ArcAgent is not null || ArcAgentFault is not null));
        ByRunspace[runspace.InstanceId] = this;
        runspace.StateChanged += (_, change) =>
        {
            if (change.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken)
            {
                ByRunspace.TryRemove(runspace.InstanceId, out SimulatedNode? _);
            }
        };
        runspace.Open();
        // Opening a runspace adds the computer's own module folders.
        ModuleFolders.Restore();
        Drive.Mount(runspace);
        if (SignedModule is { } module)
        {
            // Made before the language is constrained, as what a policy trusts is: it keeps the full one.
            using var import = PowerShell.Create(runspace);
            import.AddScript("param($Name, $Code) New-Module -Name $Name -ScriptBlock ([scriptblock]::Create($Code)) | Import-Module -Global")
                .AddParameter("Name", module.Name).AddParameter("Code", module.Code).Invoke();
        }
        runspace.SessionStateProxy.LanguageMode = LanguageMode;
        return runspace;
    }
}
