using Microsoft.Win32;

namespace OutboundConnectivity.PowerShellHost.Registry;

/// <summary>The registry of one node, in memory. Safe for runs at the same time: each call is one step.</summary>
internal sealed class RegistryHives
{
    private sealed class Key
    {
        public readonly SortedDictionary<string, Key> Keys = new(StringComparer.OrdinalIgnoreCase);
        public readonly SortedDictionary<string, RegistryValue> Values = new(StringComparer.OrdinalIgnoreCase);
    }

    private readonly Lock gate = new();
    private readonly Key root = new();

    public RegistryHives()
    {
        CreateKey("HKEY_LOCAL_MACHINE");
        CreateKey("HKEY_CURRENT_USER");
    }

    public bool Exists(string path)
    {
        lock (gate)
        {
            return Find(path) is not null;
        }
    }

    public KeySnapshot? Read(string path)
    {
        lock (gate)
        {
            return Find(path) is { } key
                ? new KeySnapshot(RegistryPath.Full(path), [.. key.Values.Select(Copy)], [.. key.Keys.Keys])
                : null;
        }
    }

    public RegistryValue? ReadValue(string path, string name)
    {
        lock (gate)
        {
            return Find(path) is { } key && key.Values.TryGetValue(name, out var value)
                ? Copy(KeyValuePair.Create(name, value)).Value
                : null;
        }
    }

    /// <summary>Creates the key and those above it; an existing key stays as it is.</summary>
    public void CreateKey(string path)
    {
        lock (gate)
        {
            Create(path);
        }
    }

    public void RemoveKey(string path)
    {
        lock (gate)
        {
            Find(RegistryPath.Parent(path))?.Keys.Remove(RegistryPath.Leaf(path));
        }
    }

    /// <summary>Sets a value; the key is created when it is missing.</summary>
    public void SetValue(string path, string name, RegistryValueKind kind, object data)
    {
        lock (gate)
        {
            Create(path).Values[name] = new RegistryValue(kind, data);
        }
    }

    public bool RemoveValue(string path, string name)
    {
        lock (gate)
        {
            return Find(path)?.Values.Remove(name) ?? false;
        }
    }

    /// <summary>Every key, each with its values, in the order of their paths.</summary>
    public IReadOnlyList<KeySnapshot> All()
    {
        var all = new List<KeySnapshot>();
        lock (gate)
        {
            Collect("", root);
        }
        return all;

        void Collect(string path, Key key)
        {
            if (path.Length > 0)
            {
                all.Add(new KeySnapshot(path, [.. key.Values.Select(Copy)], [.. key.Keys.Keys]));
            }
            foreach (var (name, child) in key.Keys)
            {
                Collect(path.Length == 0 ? name : $"{path}\\{name}", child);
            }
        }
    }

    private Key? Find(string path)
    {
        var key = root;
        foreach (var part in RegistryPath.Split(path))
        {
            if (!key.Keys.TryGetValue(part, out key!))
            {
                return null;
            }
        }
        return key;
    }

    private Key Create(string path)
    {
        var key = root;
        foreach (var part in RegistryPath.Split(path))
        {
            if (!key.Keys.TryGetValue(part, out var next))
            {
                key.Keys[part] = next = new Key();
            }
            key = next;
        }
        return key;
    }

    /// <summary>A reader must not be able to change the stored array.</summary>
    private static KeyValuePair<string, RegistryValue> Copy(KeyValuePair<string, RegistryValue> value) =>
        value.Value.Data is Array data
            ? KeyValuePair.Create(value.Key, value.Value with { Data = data.Clone() })
            : value;
}
