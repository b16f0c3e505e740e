using System.Buffers.Binary;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Net.Sockets;

namespace OutboundConnectivity.PowerShellHost.ModuleCommands;

/// <summary><c>w32tm.exe /stripchart /computer:NAME /samples:1 /dataonly</c>: one real question over UDP 123.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "W32tm")]
internal sealed class InvokeW32tmCommand : NativeProgram
{
    private const int PatienceMs = 1500;

    // Seconds from 1900, where NTP begins, to 1970.
    private const uint Epoch = 2_208_988_800;

    private readonly CancellationTokenSource stopped = new();

    private protected override string Program => "w32tm";

    private protected override bool IsQuestion => true;

    protected override void StopProcessing() => stopped.Cancel();

    private protected override int Run()
    {
        var name = Arguments.FirstOrDefault(word => word.StartsWith("/computer:", StringComparison.OrdinalIgnoreCase))?["/computer:".Length..];
        if (Arguments is not ["/stripchart", ..] || string.IsNullOrEmpty(name))
        {
            WriteObject("The parameter is incorrect. (0x80070057)");
            return 1;
        }
        IPAddress address;
        try
        {
            address = Dns.GetHostAddresses(name).First(each => each.AddressFamily == AddressFamily.InterNetwork);
        }
        catch (Exception error) when (error is SocketException or InvalidOperationException)
        {
            WriteObject("The following error occurred: No such host is known. (0x80072AF9)");
            return 1;
        }
        var now = DateTime.Now.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        WriteObject($"Tracking {name} [{address}:123].");
        WriteObject("Collecting 1 samples.");
        WriteObject($"The current time is {DateTime.Now}.");
        WriteObject($"{now}, {Ask(address)}");
        return 0;
    }

    /// <summary>The offset in seconds with its sign, or the number of an error.</summary>
    private string Ask(IPAddress address)
    {
        using var socket = new UdpClient(AddressFamily.InterNetwork);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopped.Token);
        patience.CancelAfter(PatienceMs);
        try
        {
            socket.Connect(address, 123);
            var question = new byte[48];
            question[0] = 0b00_100_011;
            socket.SendAsync(question, patience.Token).AsTask().GetAwaiter().GetResult();
            var answer = socket.ReceiveAsync(patience.Token).AsTask().GetAwaiter().GetResult().Buffer;
            if (answer.Length < 48)
            {
                return "error: 0x800705B4";
            }
            var seconds = BinaryPrimitives.ReadUInt32BigEndian(answer.AsSpan(40)) - (double)Epoch
                + BinaryPrimitives.ReadUInt32BigEndian(answer.AsSpan(44)) / (double)uint.MaxValue;
            var offset = seconds - (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;
            return offset.ToString("+00.0000000;-00.0000000", CultureInfo.InvariantCulture) + "s";
        }
        catch (OperationCanceledException)
        {
            return "error: 0x800705B4";
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode switch
            {
                SocketError.ConnectionRefused or SocketError.ConnectionReset => "error: 0x80072746",
                SocketError.NetworkUnreachable => "error: 0x80072743",
                SocketError.HostUnreachable => "error: 0x80072751",
                _ => "error: 0x8007277C",
            };
        }
    }
}
