using System.Management.Automation;
using Microsoft.Win32;

namespace OutboundConnectivity.PowerShellHost.Registry;

/// <summary>How data becomes a registry value of a kind, as the real provider does it.</summary>
internal static class RegistryData
{
    /// <param name="data">what the script gave</param>
    /// <param name="kind">what was asked for, else the kind that the value has; null: what the data suggests</param>
    public static RegistryValue Coerce(object? data, RegistryValueKind? kind)
    {
        data = Bare(data);
        var settled = kind is null or RegistryValueKind.Unknown ? KindOf(data) : kind.Value;
        return new RegistryValue(settled, settled switch
        {
            RegistryValueKind.DWord => LanguagePrimitives.ConvertTo<int>(data),
            RegistryValueKind.QWord => LanguagePrimitives.ConvertTo<long>(data),
            RegistryValueKind.Binary => LanguagePrimitives.ConvertTo<byte[]>(data) ?? [],
            RegistryValueKind.MultiString => LanguagePrimitives.ConvertTo<string[]>(data) ?? [],
            _ => LanguagePrimitives.ConvertTo<string>(data) ?? "",
        });
    }

    private static object? Bare(object? value) => value is PSObject { BaseObject: not PSCustomObject } bag ? bag.BaseObject : value;

    private static RegistryValueKind KindOf(object? data) => data switch
    {
        int => RegistryValueKind.DWord,
        long => RegistryValueKind.QWord,
        byte[] => RegistryValueKind.Binary,
        string[] => RegistryValueKind.MultiString,
        _ => RegistryValueKind.String,
    };
}
