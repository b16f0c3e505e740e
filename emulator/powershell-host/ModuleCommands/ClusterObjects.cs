// Types of the real module, as far as scripts see them: properties, enumerations, and how they read as text.
namespace Microsoft.FailoverClusters.PowerShell;

public enum ClusterNodeState
{
    Unknown = -1,
    Up = 0,
    Down = 1,
    Paused = 2,
    Joining = 3,
}

public enum ClusterResourceState
{
    Unknown = -1,
    Inherited = 0,
    Initializing = 1,
    Online = 2,
    Offline = 3,
    Failed = 4,
}

public sealed record Cluster(string Name, string Domain)
{
    public override string ToString() => Name;
}

public sealed record ClusterNode(string Cluster, string Name, string Id, ClusterNodeState State, uint BuildNumber)
{
    public uint MajorVersion => 10;

    public uint MinorVersion => 0;

    public string NodeName => Name;

    public int NodeWeight => 1;

    public override string ToString() => Name;
}

public sealed record ClusterResourceType(string Name)
{
    public string DisplayName => Name;

    public override string ToString() => Name;
}

public sealed record ClusterGroup(string Name)
{
    public override string ToString() => Name;
}

public sealed record ClusterResource(string Cluster, string Name, ClusterResourceType ResourceType)
{
    public ClusterGroup OwnerGroup { get; } = new("Cluster Group");

    public ClusterResourceState State => ClusterResourceState.Online;

    public bool IsCoreResource => true;

    internal IReadOnlyList<(string Name, string Value)> PrivateProperties { get; init; } = [];

    public override string ToString() => Name;
}

public sealed record ClusterQuorumSettings(string Cluster, ClusterResource? QuorumResource)
{
    public string QuorumType => "Majority";
}

public sealed record ClusterParameter(ClusterResource ClusterObject, string Name, string Value)
{
    public bool IsReadOnly => false;

    public string ParameterType => "String";
}
