using System.Collections;
using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Provider;

namespace OutboundConnectivity.PowerShellHost.Node;

/// <summary>Drive Env: over the node's own environment, so that nothing of the host's computer shows.</summary>
[CmdletProvider("Environment", ProviderCapabilities.ShouldProcess)]
internal sealed class EnvironmentProvider : ContainerCmdletProvider, IContentCmdletProvider
{
    private static ConcurrentDictionary<string, string> Variables => SimulatedNode.Current.Environment;

    public void ClearContent(string path) => Write(Name(path), null);

    public object? ClearContentDynamicParameters(string path) => null;

    public IContentReader GetContentReader(string path) => new Content(Name(path));

    public object? GetContentReaderDynamicParameters(string path) => null;

    public IContentWriter GetContentWriter(string path) => new Content(Name(path));

    public object? GetContentWriterDynamicParameters(string path) => null;

    protected override Collection<PSDriveInfo> InitializeDefaultDrives() => [new("Env", ProviderInfo, "", null, null)];

    protected override bool IsValidPath(string path) => true;

    protected override bool ItemExists(string path) => Name(path).Length == 0 || Variables.ContainsKey(Name(path));

    protected override void GetItem(string path)
    {
        if (Name(path).Length == 0)
        {
            GetChildItems(path, recurse: false);
        }
        else if (Variables.TryGetValue(Name(path), out var value))
        {
            WriteItemObject(new DictionaryEntry(Name(path), value), path, isContainer: false);
        }
    }

    protected override void GetChildItems(string path, bool recurse)
    {
        foreach (var (name, value) in Variables.OrderBy(entry => entry.Key, StringComparer.OrdinalIgnoreCase))
        {
            WriteItemObject(new DictionaryEntry(name, value), name, isContainer: false);
        }
    }

    protected override void SetItem(string path, object value) => Write(Name(path), value);

    protected override void NewItem(string path, string itemTypeName, object newItemValue) => Write(Name(path), newItemValue);

    protected override void RemoveItem(string path, bool recurse) => Write(Name(path), null);

    private static string Name(string path) => path.Trim('\\', '/');

    /// <summary>An empty or missing value removes the variable, as on Windows.</summary>
    private static void Write(string name, object? value)
    {
        var text = LanguagePrimitives.ConvertTo<string>(value);
        if (string.IsNullOrEmpty(text))
        {
            Variables.TryRemove(name, out _);
        }
        else
        {
            Variables[name] = text;
        }
    }

    private sealed class Content(string name) : IContentReader, IContentWriter
    {
        private bool read;

        public IList Read(long readCount)
        {
            if (read || !Variables.TryGetValue(name, out var value))
            {
                return Array.Empty<object>();
            }
            read = true;
            return new object[] { value };
        }

        public IList Write(IList content)
        {
            EnvironmentProvider.Write(name, content.Count > 0 ? content[0] : null);
            return content;
        }

        public void Seek(long offset, SeekOrigin origin)
        {
        }

        public void Close()
        {
        }

        public void Dispose()
        {
        }
    }
}
