using System.Management.Automation;
using Microsoft.FailoverClusters.PowerShell;
using OutboundConnectivity.PowerShellHost.Node;

namespace OutboundConnectivity.PowerShellHost.ModuleCommands;

/// <summary>Commands of the module FailoverClusters ask the cluster that the node belongs to.</summary>
internal abstract class ClusterCommand : StandInCommand
{
    private protected ClusterFacts Facts
    {
        get
        {
            if (Node.Cluster is { } facts)
            {
                return facts;
            }
            const string Message =
                "The cluster service is not running.  Make sure that the service is running on all nodes in the cluster."
                + "\r\n    There are no more endpoints available from the endpoint mapper";
            var error = new InvalidOperationException(Message);
            ThrowTerminatingError(new ErrorRecord(error, MyInvocation.MyCommand.Name, ErrorCategory.ConnectionError, null));
            throw error;
        }
    }

    private protected string ShortName => Facts.Name.Split('.')[0];

    /// <summary>The cluster's own resources; the witness and the address of its name tell the tool something.</summary>
    private protected ClusterResource[] Resources =>
    [
        new(ShortName, "Cluster Name", new ClusterResourceType("Network Name")),
        .. Address is { } address ? [address] : Array.Empty<ClusterResource>(),
        .. Witness is { } witness ? [witness] : Array.Empty<ClusterResource>(),
    ];

    private ClusterResource? Address => Facts.Address is not { } address
        ? null
        : new ClusterResource(ShortName, "Cluster IP Address", new ClusterResourceType("IP Address"))
        {
            PrivateProperties =
            [
                ("Network", "Cluster Network 1"),
                ("Address", address),
                ("SubnetMask", Facts.SubnetMask ?? "255.255.255.0"),
                ("EnableNetBIOS", "0"),
                ("EnableDhcp", "0"),
            ],
        };

    private protected ClusterResource? Witness => Facts.WitnessAccount is not { } account
        ? null
        : new ClusterResource(ShortName, "Cloud Witness", new ClusterResourceType("Cloud Witness"))
        {
            PrivateProperties =
            [
                ("AccountName", account),
                ("ContainerName", "msft-cloud-witness"),
                ("EndpointInfo", (Facts.Cloud ?? AzureCloud.Public).StorageSuffix),
            ],
        };

    private protected void NotFound(string message, object target) =>
        WriteError(new ErrorRecord(new ItemNotFoundException(message), "ObjectNotFound", ErrorCategory.ObjectNotFound, target));
}

[Cmdlet(VerbsCommon.Get, "Cluster")]
internal sealed class GetClusterCommand : ClusterCommand
{
    [Parameter(Position = 0)]
    public string? Name { get; set; }

    protected override void ProcessRecord() => WriteObject(new Cluster(ShortName, Facts.Name.Split('.', 2) is [_, var domain] ? domain : ""));
}

[Cmdlet(VerbsCommon.Get, "ClusterNode")]
internal sealed class GetClusterNodeCommand : ClusterCommand
{
    [Parameter(Position = 0)]
    public string[] Name { get; set; } = [];

    [Parameter]
    public string? Cluster { get; set; }

    protected override void ProcessRecord()
    {
        var nodes = Facts.Nodes.Select((node, index) => new ClusterNode(ShortName, node.Name, $"{index + 1}", Enum.Parse<ClusterNodeState>(node.State), Facts.Build)).ToList();
        if (Name.Length == 0)
        {
            WriteObject(nodes, enumerateCollection: true);
        }
        foreach (var wanted in Name)
        {
            var pattern = new WildcardPattern(wanted, WildcardOptions.IgnoreCase);
            var found = nodes.FindAll(node => pattern.IsMatch(node.Name));
            WriteObject(found, enumerateCollection: true);
            if (found.Count == 0)
            {
                NotFound($"Unable to find a cluster node named '{wanted}'.", wanted);
            }
        }
    }
}

[Cmdlet(VerbsCommon.Get, "ClusterQuorum")]
internal sealed class GetClusterQuorumCommand : ClusterCommand
{
    [Parameter]
    public string? Cluster { get; set; }

    protected override void ProcessRecord() => WriteObject(new ClusterQuorumSettings(ShortName, Witness));
}

[Cmdlet(VerbsCommon.Get, "ClusterResource")]
internal sealed class GetClusterResourceCommand : ClusterCommand
{
    [Parameter(Position = 0)]
    public string[] Name { get; set; } = [];

    [Parameter]
    public string? Cluster { get; set; }

    protected override void ProcessRecord()
    {
        if (Name.Length == 0)
        {
            WriteObject(Resources, enumerateCollection: true);
        }
        foreach (var wanted in Name)
        {
            var pattern = new WildcardPattern(wanted, WildcardOptions.IgnoreCase);
            var found = Array.FindAll(Resources, resource => pattern.IsMatch(resource.Name));
            WriteObject(found, enumerateCollection: true);
            if (found.Length == 0)
            {
                NotFound($"Unable to find a cluster resource with name '{wanted}'.", wanted);
            }
        }
    }
}

[Cmdlet(VerbsCommon.Get, "ClusterParameter")]
internal sealed class GetClusterParameterCommand : ClusterCommand
{
    [Parameter(Position = 0)]
    public string[] Name { get; set; } = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter]
    public string? Cluster { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject?.BaseObject is not ClusterResource resource)
        {
            var error = new PSArgumentException("The input object has no cluster parameters.");
            WriteError(new ErrorRecord(error, "InvalidInput", ErrorCategory.InvalidArgument, InputObject));
            return;
        }
        foreach (var (name, value) in resource.PrivateProperties)
        {
            if (Name.Length == 0 || Array.Exists(Name, wanted => new WildcardPattern(wanted, WildcardOptions.IgnoreCase).IsMatch(name)))
            {
                WriteObject(new ClusterParameter(resource, name, value));
            }
        }
    }
}
