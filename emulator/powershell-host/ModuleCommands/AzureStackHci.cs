using System.Management.Automation;

namespace OutboundConnectivity.PowerShellHost.ModuleCommands;

public enum ClusterStatus
{
    NotYet = 0,
    Clustered = 1,
}

public enum RegistrationStatus
{
    Registered = 0,
    NotYet = 1,
    OutOfPolicy = 2,
}

public enum ConnectionStatus
{
    NotYet = 0,
    Connected = 1,
    NotConnectedRecently = 2,
    OutOfPolicy = 3,
}

/// <summary>Module AzureStackHCI: what the node knows of its cluster's registration.</summary>
[Cmdlet(VerbsCommon.Get, "AzureStackHCI")]
internal sealed class GetAzureStackHciCommand : StandInCommand
{
    private const string Subscription = "00000000-0000-0000-0000-000000000001";

    protected override void ProcessRecord()
    {
        var cluster = Node.Cluster;
        var name = cluster?.Name.Split('.')[0] ?? "";
        var group = $"{name}-rg";
        var registered = cluster?.Cloud is not null;
        var status = new PSObject();
        Add("ClusterStatus", cluster is null ? ClusterStatus.NotYet : ClusterStatus.Clustered);
        Add("RegistrationStatus", registered ? RegistrationStatus.Registered : RegistrationStatus.NotYet);
        Add("RegistrationDate", registered ? new DateTime(2022, 1, 18, 9, 30, 0, DateTimeKind.Utc) : null);
        Add("AzureResourceName", registered ? name : "");
        Add("AzureResourceUri", registered ? $"/Subscriptions/{Subscription}/resourceGroups/{group}/providers/Microsoft.AzureStackHCI/clusters/{name}" : "");
        Add("ConnectionStatus", registered ? ConnectionStatus.Connected : ConnectionStatus.NotYet);
        Add("LastConnected", registered ? DateTime.UtcNow.AddMinutes(-42) : null);
        Add("Region", cluster?.Cloud?.Region ?? "");
        WriteObject(status);

        void Add(string property, object? value) => status.Properties.Add(new PSNoteProperty(property, value));
    }
}
