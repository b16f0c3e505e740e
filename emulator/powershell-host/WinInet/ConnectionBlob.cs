using System.Buffers.Binary;
using System.Text;

namespace OutboundConnectivity.PowerShellHost.WinInet;

/// <summary>Options of a connection that decide how it reaches the internet.</summary>
internal sealed record ProxyOptions(string Server = "", string Bypass = "", string AutoConfigUrl = "", bool AutoDetect = false)
{
    private const uint Direct = 1;
    internal const uint Proxy = 2;
    private const uint AutoProxyUrl = 4;
    private const uint AutoDetection = 8;

    /// <summary>The PROXY_TYPE_ bits.</summary>
    public uint Flags =>
        Direct
        | (Server.Length > 0 ? Proxy : 0)
        | (AutoConfigUrl.Length > 0 ? AutoProxyUrl : 0)
        | (AutoDetect ? AutoDetection : 0);
}

/// <summary>
/// The binary values DefaultConnectionSettings and SavedLegacySettings: version, change counter, flags, then server,
/// bypass list and script address, each with its length before it; all little-endian, text in the ANSI code page. Layout: .NET
/// Framework's reference source, _ProxyRegBlob.cs; version and the bytes at the end: vbfox/proxyconf's README (0fe139b8).
/// </summary>
internal static class ConnectionBlob
{
    private const uint Version = 0x46;
    private const int CounterAt = 4;
    private const int FlagsAt = 8;
    private const int ServerAt = 16;
    private const int TailLength = 32;

    public static byte[] Write(ProxyOptions options, uint counter)
    {
        using var stream = new MemoryStream();
        Number(Version);
        Number(counter);
        Number(options.Flags);
        Text(options.Server);
        Text(options.Bypass);
        Text(options.AutoConfigUrl);
        stream.Write(new byte[TailLength]);
        return stream.ToArray();

        void Number(uint value)
        {
            Span<byte> bytes = stackalloc byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
            stream.Write(bytes);
        }

        void Text(string value)
        {
            var bytes = Encoding.Latin1.GetBytes(value);
            Number((uint)bytes.Length);
            stream.Write(bytes);
        }
    }

    /// <summary>The server in a stored value; null when there is no value, it cannot be read, or the proxy is off.</summary>
    public static string? Server(object? stored)
    {
        if (stored is not byte[] bytes || bytes.Length < ServerAt || (BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(FlagsAt)) & ProxyOptions.Proxy) == 0)
        {
            return null;
        }
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(ServerAt - sizeof(uint)));
        return length <= bytes.Length - ServerAt ? Encoding.Latin1.GetString(bytes, ServerAt, (int)length) : null;
    }

    /// <summary>The change counter of a stored value; 0 when there is none.</summary>
    public static uint Counter(object? stored) =>
        stored is byte[] bytes && bytes.Length >= CounterAt + sizeof(uint)
            ? BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(CounterAt))
            : 0;
}
