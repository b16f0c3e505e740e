using Microsoft.Win32;

namespace OutboundConnectivity.PowerShellHost.Registry;

/// <summary>What <c>Get-Item</c> gives for a key: the read side of the real registry key type.</summary>
public sealed class RegistryKeyItem
{
    private readonly KeySnapshot key;

    internal RegistryKeyItem(KeySnapshot key) => this.key = key;

    public string Name => key.Path;

    public int ValueCount => key.Values.Count;

    public int SubKeyCount => key.SubKeys.Count;

    /// <summary>Names of the values; the real provider adds the same property.</summary>
    public string[] Property => GetValueNames();

    public string[] GetValueNames() => [.. key.Values.Select(value => value.Key)];

    public string[] GetSubKeyNames() => [.. key.SubKeys];

    public object? GetValue(string name) => GetValue(name, null);

    public object? GetValue(string name, object? fallback) => Find(name)?.Data ?? fallback;

    public RegistryValueKind GetValueKind(string name) =>
        Find(name)?.Kind ?? throw new IOException("The specified registry key does not exist.");

    public override string ToString() => Name;

    private RegistryValue? Find(string name)
    {
        foreach (var (known, value) in key.Values)
        {
            if (known.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }
        return null;
    }
}
