namespace OutboundConnectivity.PowerShellHost.Node;

/// <summary>The cluster as its nodes know it.</summary>
internal sealed record ClusterFacts
{
    public required string Name { get; init; }

    /// <summary>Nodes with their state in the words of <see cref="Microsoft.FailoverClusters.PowerShell.ClusterNodeState"/>.</summary>
    public required IReadOnlyList<(string Name, string State)> Nodes { get; init; }

    /// <summary>Build of the nodes' operating system.</summary>
    public uint Build { get; init; } = 20348;

    /// <summary>IPv4 address of the cluster's name; null: it has none.</summary>
    public string? Address { get; init; }

    public string? SubnetMask { get; init; }

    /// <summary>Storage account of the cloud witness; null: the cluster has none.</summary>
    public string? WitnessAccount { get; init; }

    /// <summary>Null: the cluster is not registered with Azure.</summary>
    public AzureCloud? Cloud { get; init; }
}

/// <summary>What of a registration differs between clouds.</summary>
internal sealed record AzureCloud(string StorageSuffix, string Region)
{
    private static readonly Dictionary<string, AzureCloud> Known = new()
    {
        ["public"] = new("core.windows.net", "eastus"),
        ["usgov"] = new("core.usgovcloudapi.net", "usgovvirginia"),
        ["china"] = new("core.chinacloudapi.cn", "chinaeast2"),
    };

    public static AzureCloud Public => Known["public"];

    public static AzureCloud Named(string name) =>
        Known.TryGetValue(name, out var cloud)
            ? cloud
            : throw new FormatException($"cloud: \"{name}\" is none of {string.Join(", ", Known.Keys)}");
}
