using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.DnsClient.Commands;

namespace OutboundConnectivity.PowerShellHost.ModuleCommands;

/// <summary>What a name server said: a response code (RFC 1035, section 4.1.1) and records.</summary>
internal sealed record DnsAnswer(int Code, IReadOnlyList<DnsRecord> Records);

/// <summary>One question over UDP.</summary>
internal static class DnsQuestion
{
    private const int HeaderLength = 12;
    private const int AttemptMs = 1000;

    /// <summary>The name servers of this process's network.</summary>
    public static IReadOnlyList<IPAddress> Configured() => File.Exists("/etc/resolv.conf")
        ? [.. File.ReadLines("/etc/resolv.conf")
            .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(parts => parts is ["nameserver", _, ..])
            .Select(parts => IPAddress.TryParse(parts[1], out var address) ? address : null)
            .OfType<IPAddress>()]
        : [];

    /// <exception cref="OperationCanceledException">no answer in time, or stopped</exception>
    public static async Task<DnsAnswer> AskAsync(string name, RecordType type, IReadOnlyList<IPAddress> servers, int limitMs, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(limitMs);
        while (true)
        {
            foreach (var server in servers.DefaultIfEmpty(IPAddress.Loopback))
            {
                using var attempt = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
                attempt.CancelAfter(AttemptMs);
                try
                {
                    return await AskOnceAsync(name, type, server, attempt.Token);
                }
                catch (Exception error) when ((error is OperationCanceledException or SocketException) && !limit.IsCancellationRequested)
                {
                    // The next server, or the same once more.
                }
            }
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task<DnsAnswer> AskOnceAsync(string name, RecordType type, IPAddress server, CancellationToken stop)
    {
        using var client = new UdpClient(server.AddressFamily);
        client.Connect(server, 53);
        await client.SendAsync(Write(name, type), stop);
        return Read((await client.ReceiveAsync(stop)).Buffer);
    }

    private static byte[] Write(string name, RecordType type)
    {
        using var message = new MemoryStream();
        message.Write([0x4f, 0x43, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
        foreach (var label in name.TrimEnd('.').Split('.'))
        {
            var bytes = Encoding.ASCII.GetBytes(label);
            message.WriteByte((byte)bytes.Length);
            message.Write(bytes);
        }
        message.Write([0, 0, (byte)type, 0, 1]);
        return message.ToArray();
    }

    private static DnsAnswer Read(byte[] message)
    {
        var records = new List<DnsRecord>();
        var at = HeaderLength;
        for (var left = Number(message, 4); left > 0; left--)
        {
            _ = Name(message, ref at);
            at += 4;
        }
        for (var left = Number(message, 6); left > 0; left--)
        {
            var name = Name(message, ref at);
            var type = (RecordType)Number(message, at);
            var ttl = BinaryPrimitives.ReadUInt32BigEndian(message.AsSpan(at + 4));
            var length = Number(message, at + 8);
            at += 10;
            var data = at;
            var address = type is RecordType.A or RecordType.AAAA ? new IPAddress(message.AsSpan(at, length)).ToString() : null;
            records.Add(new DnsRecord(name, type, ttl, "Answer", address, type == RecordType.CNAME ? Name(message, ref data) : null));
            at += length;
        }
        return new DnsAnswer(message[3] & 15, records);
    }

    private static ushort Number(byte[] message, int at) => BinaryPrimitives.ReadUInt16BigEndian(message.AsSpan(at));

    private static string Name(byte[] message, ref int at)
    {
        var labels = new List<string>();
        var jumped = false;
        for (var next = at; ;)
        {
            int length = message[next];
            if (length >= 0xc0)
            {
                if (!jumped)
                {
                    at = next + 2;
                }
                jumped = true;
                next = Number(message, next) & 0x3fff;
                continue;
            }
            next++;
            if (length == 0)
            {
                if (!jumped)
                {
                    at = next;
                }
                return string.Join('.', labels);
            }
            labels.Add(Encoding.ASCII.GetString(message, next, length));
            next += length;
        }
    }
}
