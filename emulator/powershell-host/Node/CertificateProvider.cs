using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Provider;
using System.Security.Cryptography.X509Certificates;

namespace OutboundConnectivity.PowerShellHost.Node;

/// <summary>Drive Cert: with the roots that this process's own TLS trusts, under LocalMachine\Root. Reads only.</summary>
[CmdletProvider("Certificate", ProviderCapabilities.None)]
internal sealed class CertificateProvider : NavigationCmdletProvider
{
    private const string Store = @"LocalMachine\Root";

    public override char ItemSeparator => '\\';

    protected override Collection<PSDriveInfo> InitializeDefaultDrives() => [new("Cert", ProviderInfo, "", null, null)];

    protected override bool IsValidPath(string path) => true;

    protected override bool ItemExists(string path) => Clean(path) is "" or "LocalMachine" or Store;

    protected override bool IsItemContainer(string path) => ItemExists(path);

    protected override bool HasChildItems(string path) => ItemExists(path);

    protected override void GetChildItems(string path, bool recurse)
    {
        if (Clean(path) != Store || Environment.GetEnvironmentVariable("SSL_CERT_FILE") is not { } file || !File.Exists(file))
        {
            return;
        }
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(file);
        foreach (var root in roots)
        {
            WriteItemObject(root, $@"{Store}\{root.Thumbprint}", isContainer: false);
        }
    }

    private static string Clean(string path)
    {
        var parts = path.Replace('/', '\\').Trim('\\');
        return parts.Equals(Store, StringComparison.OrdinalIgnoreCase) ? Store : parts;
    }
}
