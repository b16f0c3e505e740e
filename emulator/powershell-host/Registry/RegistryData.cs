using System.Management.Automation;
using Microsoft.Win32;

namespace OutboundConnectivity.PowerShellHost.Registry;

/// <summary>A value together with the kind that a cmdlet's <c>-Type</c> asked for.</summary>
internal sealed record TypedData(RegistryValueKind Kind, object? Data);

/// <summary>How data becomes a registry value of a kind, as the real provider does it.</summary>
internal static class RegistryData
{
    /// <param name="data">what the script gave</param>
    /// <param name="existing">the kind that the value has; it stays unless another was asked for</param>
    public static RegistryValue Coerce(object? data, RegistryValueKind? existing)
    {
        var kind = existing;
        if (Bare(data) is TypedData typed)
        {
            kind = typed.Kind;
            data = typed.Data;
        }
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
