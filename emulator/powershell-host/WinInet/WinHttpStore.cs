using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32;
using OutboundConnectivity.PowerShellHost.Registry;

namespace OutboundConnectivity.PowerShellHost.WinInet;

/// <summary>
/// The machine's WinHTTP proxy: binary value WinHttpSettings. Version, counter, flags, server and bypass list as vbfox/proxyconf's
/// README has them (0fe139b8); the version, and all of the direct value, as in Microsoft's article "Use Group Policy to apply
/// WinHTTP proxy settings to Windows clients".
/// </summary>
internal static class WinHttpStore
{
    private const string Connections = @"HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings\Connections";
    private const string Name = "WinHttpSettings";
    private const uint Version = 0x18;
    private const uint Direct = 1;
    private const uint Proxy = 3;
    private const int FlagsAt = 8;
    private const int ServerAt = 12;

    public static void Reset(RegistryHives registry) => Write(registry, "", "");

    public static void Write(RegistryHives registry, string server, string bypass)
    {
        var serverBytes = Encoding.Latin1.GetBytes(server);
        var bypassBytes = Encoding.Latin1.GetBytes(bypass);
        var blob = new byte[ServerAt + sizeof(uint) + serverBytes.Length + sizeof(uint) + bypassBytes.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(blob, Version);
        BinaryPrimitives.WriteUInt32LittleEndian(blob.AsSpan(FlagsAt), server.Length > 0 ? Proxy : Direct);
        Text(ServerAt, serverBytes);
        Text(ServerAt + sizeof(uint) + serverBytes.Length, bypassBytes);
        registry.SetValue(Connections, Name, RegistryValueKind.Binary, blob);

        void Text(int at, byte[] bytes)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(blob.AsSpan(at), (uint)bytes.Length);
            bytes.CopyTo(blob, at + sizeof(uint));
        }
    }

    /// <summary>Null: direct access.</summary>
    public static (string Server, string Bypass)? Read(RegistryHives registry)
    {
        if (registry.ReadValue(Connections, Name)?.Data is not byte[] blob
            || blob.Length < ServerAt + (2 * sizeof(uint))
            || (BinaryPrimitives.ReadUInt32LittleEndian(blob.AsSpan(FlagsAt)) & 2) == 0)
        {
            return null;
        }
        var (server, next) = Text(ServerAt);
        return (server, Text(next).Value);

        (string Value, int Next) Text(int at)
        {
            if (at + sizeof(uint) > blob.Length)
            {
                return ("", blob.Length);
            }
            var start = at + sizeof(uint);
            var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(blob.AsSpan(at)), (uint)(blob.Length - start));
            return (Encoding.Latin1.GetString(blob, start, length), start + length);
        }
    }
}
