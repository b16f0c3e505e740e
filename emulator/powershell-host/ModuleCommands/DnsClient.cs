using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using OutboundConnectivity.PowerShellHost.Node;

// Types of the real module, as far as scripts see them.
namespace Microsoft.DnsClient.Commands
{
    /// <summary>The record types that scripts ask for, by their numbers (RFC 1035, RFC 3596).</summary>
    public enum RecordType
    {
        A_AAAA = 0,
        A = 1,
        CNAME = 5,
        AAAA = 28,
    }

    /// <summary>One answer.</summary>
    public sealed record DnsRecord(string Name, RecordType Type, uint TTL, string Section, string? IPAddress, string? NameHost);
}

namespace OutboundConnectivity.PowerShellHost.ModuleCommands
{
    using Microsoft.DnsClient.Commands;

    /// <summary>
    /// Module DnsClient: a real question to the node's own name servers. Errors have the identifiers of Windows, which do
    /// not depend on its language (winerror.h, DNS_ERROR_RCODE_*).
    /// </summary>
    [Cmdlet(VerbsDiagnostic.Resolve, "DnsName")]
    internal sealed class ResolveDnsNameCommand : StandInCommand, IDisposable
    {
        private const int UsualMs = 11_000;
        private const int QuickMs = 1_500;
        private readonly CancellationTokenSource stop = new();

        [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
        public string Name { get; set; } = "";

        [Parameter(Position = 1)]
        public RecordType Type { get; set; } = RecordType.A_AAAA;

        [Parameter]
        public string[] Server { get; set; } = [];

        [Parameter]
        public SwitchParameter DnsOnly { get; set; }

        [Parameter]
        public SwitchParameter NoHostsFile { get; set; }

        [Parameter]
        public SwitchParameter QuickTimeout { get; set; }

        public void Dispose() => stop.Dispose();

        protected override void StopProcessing() => stop.Cancel();

        protected override void ProcessRecord()
        {
            var types = Type == RecordType.A_AAAA ? new[] { RecordType.A, RecordType.AAAA } : [Type];
            var found = false;
            // As Windows does: the computer's own names go before any name server's.
            var own = NoHostsFile ? [] : OwnAddresses(Name);
            foreach (var address in own)
            {
                var type = address.AddressFamily == AddressFamily.InterNetwork ? RecordType.A : RecordType.AAAA;
                if (types.Contains(type))
                {
                    WriteObject(new DnsRecord(Name, type, 0, "Answer", address.ToString(), null));
                    found = true;
                }
            }

            if (found)
            {
                return;
            }

            foreach (var type in types)
            {
                DnsAnswer answer;
                try
                {
                    answer = DnsQuestion.AskAsync(Name, type, NameServers(), QuickTimeout ? QuickMs : UsualMs, stop.Token).GetAwaiter().GetResult();
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    return;
                }
                catch (Exception error) when (error is OperationCanceledException or SocketException or FormatException)
                {
                    Fail("ERROR_TIMEOUT", 1460, "This operation returned because the timeout period expired");
                    return;
                }
                if (answer.Code != 0)
                {
                    var (id, number, words) = answer.Code switch
                    {
                        3 => ("DNS_ERROR_RCODE_NAME_ERROR", 9003, "DNS name does not exist"),
                        2 => ("DNS_ERROR_RCODE_SERVER_FAILURE", 9002, "DNS server failure"),
                        5 => ("DNS_ERROR_RCODE_REFUSED", 9005, "DNS operation refused"),
                        _ => ("DNS_ERROR_RCODE_FORMAT_ERROR", 9001, "DNS server unable to interpret format"),
                    };
                    Fail(id, number, words);
                    return;
                }
                foreach (var record in answer.Records)
                {
                    found = true;
                    WriteObject(record);
                }
            }
            if (!found)
            {
                Fail("DNS_INFO_NO_RECORDS", 9501, "No records found for given DNS query");
            }
        }

        private static List<IPAddress> OwnAddresses(string name)
        {
            const string Hosts = "/etc/hosts";
            var found = new List<IPAddress>();
            foreach (var line in File.Exists(Hosts) ? File.ReadAllLines(Hosts) : [])
            {
                var words = line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
                if (words.Length > 1
                    && words[1..].Contains(name, StringComparer.OrdinalIgnoreCase)
                    && IPAddress.TryParse(words[0], out var address))
                {
                    found.Add(address);
                }
            }

            return found;
        }

        private IReadOnlyList<IPAddress> NameServers() =>
            Server.Length > 0 ? [.. Server.Select(IPAddress.Parse)] : DnsQuestion.Configured();

        private void Fail(string id, int number, string words) => WriteError(new ErrorRecord(
            new System.ComponentModel.Win32Exception(number, $"{Name} : {words}"),
            $"{id},Microsoft.DnsClient.Commands.ResolveDnsName",
            ErrorCategory.ResourceUnavailable,
            Name));
    }

    /// <summary>Which name servers the node asks; 2 is IPv4, 23 IPv6, as in Windows' headers.</summary>
    [Cmdlet(VerbsCommon.Get, "DnsClientServerAddress")]
    internal sealed class GetDnsClientServerAddressCommand : StandInCommand
    {
        protected override void ProcessRecord()
        {
            var servers = DnsQuestion.Configured();
            foreach (var (number, family) in new[] { (2, AddressFamily.InterNetwork), (23, AddressFamily.InterNetworkV6) })
            {
                var row = new PSObject();
                row.Properties.Add(new PSNoteProperty("InterfaceAlias", "Management"));
                row.Properties.Add(new PSNoteProperty("InterfaceIndex", 5u));
                row.Properties.Add(new PSNoteProperty("AddressFamily", number));
                row.Properties.Add(new PSNoteProperty("ServerAddresses", servers.Where(each => each.AddressFamily == family).Select(each => each.ToString()).ToArray()));
                WriteObject(row);
            }
        }
    }
}
