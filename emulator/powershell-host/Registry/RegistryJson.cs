using Microsoft.Win32;
using Newtonsoft.Json.Linq;

namespace OutboundConnectivity.PowerShellHost.Registry;

/// <summary>
/// Registry values in seeds and in the state: a number (DWord, QWord when it needs more), a string, or
/// <c>{kind, data}</c> with bytes as Base64. Unknown stands for a kind that .NET does not read, such as a resource list.
/// </summary>
internal static class RegistryJson
{
    public static RegistryValue Read(string path, string name, JToken value)
    {
        try
        {
            return value switch
            {
                { Type: JTokenType.Integer } => Number((long)value),
                { Type: JTokenType.String } => new(RegistryValueKind.String, (string)value!),
                JObject typed => Typed(Enum.Parse<RegistryValueKind>((string)typed["kind"]!, ignoreCase: true), typed["data"]!),
                _ => throw new FormatException("neither number, string nor {kind, data}"),
            };
        }
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidCastException or OverflowException or NullReferenceException)
        {
            throw new FormatException($"registry: value \"{name}\" of \"{path}\": {error.Message}", error);
        }
    }

    /// <summary>All keys with their values; the same shape that a seed takes.</summary>
    public static Dictionary<string, object?> Write(RegistryHives hives) =>
        hives.All().ToDictionary(key => RegistryPath.WithDrive(key.Path), key => (object?)key.Values.ToDictionary(value => value.Key, value => Plain(value.Value)));

    private static RegistryValue Number(long number) =>
        number is >= int.MinValue and <= uint.MaxValue
            ? new(RegistryValueKind.DWord, unchecked((int)number))
            : new(RegistryValueKind.QWord, number);

    private static RegistryValue Typed(RegistryValueKind kind, JToken data) => kind switch
    {
        RegistryValueKind.Binary or RegistryValueKind.None or RegistryValueKind.Unknown => new(kind, Convert.FromBase64String((string)data!)),
        RegistryValueKind.DWord => new(kind, unchecked((int)(long)data)),
        RegistryValueKind.QWord => new(kind, (long)data),
        RegistryValueKind.MultiString => new(kind, data.Values<string>().ToArray()),
        RegistryValueKind.String or RegistryValueKind.ExpandString => new(kind, (string)data!),
        _ => throw new FormatException($"kind {kind}"),
    };

    private static object? Plain(RegistryValue value) => value.Kind switch
    {
        RegistryValueKind.DWord or RegistryValueKind.String => value.Data,
        _ => new Dictionary<string, object?> { ["kind"] = value.Kind.ToString(), ["data"] = value.Data },
    };
}
