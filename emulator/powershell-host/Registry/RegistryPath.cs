namespace OutboundConnectivity.PowerShellHost.Registry;

/// <summary>Registry paths: <c>HKEY_LOCAL_MACHINE\SOFTWARE\…</c>, with the short drive names understood.</summary>
internal static class RegistryPath
{
    private static readonly (string Short, string Long)[] Hives =
    [
        ("HKLM", "HKEY_LOCAL_MACHINE"),
        ("HKCU", "HKEY_CURRENT_USER"),
    ];

    public static string[] Split(string path)
    {
        var parts = path.Split(['\\', '/'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length > 0)
        {
            var first = parts[0].TrimEnd(':');
            var hive = Array.Find(Hives, known => Same(known.Short, first) || Same(known.Long, first));
            parts[0] = hive.Long ?? first;
        }
        return parts;
    }

    /// <summary>The long form, with one backslash between parts.</summary>
    public static string Full(string path) => string.Join('\\', Split(path));

    /// <summary>The form with a drive, for example <c>HKLM:\SOFTWARE</c>.</summary>
    public static string WithDrive(string path)
    {
        var full = Full(path);
        foreach (var (shortName, longName) in Hives)
        {
            if (full.StartsWith(longName, StringComparison.OrdinalIgnoreCase))
            {
                return $"{shortName}:{full[longName.Length..]}";
            }
        }
        return full;
    }

    public static string Parent(string path) => string.Join('\\', Split(path) is [.. var parents, _] ? parents : []);

    public static string Leaf(string path) => Split(path) is [.., var leaf] ? leaf : "";

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
