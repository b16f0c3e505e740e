using Microsoft.Win32;
using OutboundConnectivity.PowerShellHost.Registry;

namespace OutboundConnectivity.PowerShellHost.WinInet;

/// <summary>Where WinINet keeps proxy options, and which of the two places counts.</summary>
internal static class WinInetStore
{
    private const string Policy = @"HKLM:\SOFTWARE\Policies\Microsoft\Windows\CurrentVersion\Internet Settings";
    private const string Settings = @"SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings";
    private const string PerUser = "ProxySettingsPerUser";
    private static readonly string[] BlobNames = ["DefaultConnectionSettings", "SavedLegacySettings"];

    /// <summary>Machine-wide options count only while the policy value is there and 0.</summary>
    public static bool IsMachineWide(RegistryHives registry) => registry.ReadValue(Policy, PerUser)?.Data is 0;

    public static void UseMachine(RegistryHives registry) => registry.SetValue(Policy, PerUser, RegistryValueKind.DWord, 0);

    public static void UseUser(RegistryHives registry) => registry.RemoveValue(Policy, PerUser);

    /// <summary>The proxy that is in force, <c>host:port</c>; null: direct.</summary>
    public static string? ProxyInForce(RegistryHives registry)
    {
        var hive = IsMachineWide(registry) ? "HKLM:" : "HKCU:";
        return ConnectionBlob.Server(registry.ReadValue($@"{hive}\{Settings}\Connections", BlobNames[0])?.Data);
    }

    /// <summary>What InternetSetOption does for the default connection: both values, in the hive that counts now, counter raised.</summary>
    public static void Write(RegistryHives registry, ProxyOptions options)
    {
        var settings = $@"{(IsMachineWide(registry) ? "HKLM:" : "HKCU:")}\{Settings}";
        registry.SetValue(settings, "MigrateProxy", RegistryValueKind.DWord, 1);
        var counter = ConnectionBlob.Counter(registry.ReadValue($@"{settings}\Connections", BlobNames[0])?.Data) + 1;
        foreach (var name in BlobNames)
        {
            registry.SetValue($@"{settings}\Connections", name, RegistryValueKind.Binary, ConnectionBlob.Write(options, counter));
        }
    }

    public static void WriteMachine(RegistryHives registry, ProxyOptions options)
    {
        UseMachine(registry);
        Write(registry, options);
    }
}
