using Microsoft.Win32;

namespace OutboundConnectivity.PowerShellHost.Registry;

/// <summary>A value of a registry key: <c>Data</c> is int, long, string, string[] or byte[], as its kind says.</summary>
internal readonly record struct RegistryValue(RegistryValueKind Kind, object Data);

/// <summary>What a key held at one moment.</summary>
internal sealed record KeySnapshot(
    string Path,
    IReadOnlyList<KeyValuePair<string, RegistryValue>> Values,
    IReadOnlyList<string> SubKeys);
