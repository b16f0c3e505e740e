using System.Management.Automation;
using OutboundConnectivity.PowerShellHost.ModuleCommands;
using OutboundConnectivity.PowerShellHost.Node;

// Class names are those of the real commands that fail in these cases: they show in FullyQualifiedErrorId.
namespace Microsoft.PowerShell.PackageManagement.Cmdlets;

/// <summary>Modules PowerShellGet and PackageManagement, as far as installing a module from the gallery goes.</summary>
internal abstract class GalleryCommand : StandInCommand, IDisposable
{
    private readonly CancellationTokenSource stop = new();

    public void Dispose()
    {
        stop.Dispose();
        GC.SuppressFinalize(this);
    }

    [Parameter]
    public Uri? Proxy { get; set; }

    private protected bool Reach() => Gallery.IsReachable(Node, Proxy?.OriginalString, stop.Token);

    private protected void Fail(string id, string message, object target) =>
        WriteError(new ErrorRecord(new InvalidOperationException(message), id, ErrorCategory.ObjectNotFound, target));

    protected override void StopProcessing() => stop.Cancel();
}

[Cmdlet(VerbsLifecycle.Install, "Module", SupportsShouldProcess = true)]
internal sealed class InstallPackage : GalleryCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    public string[] Name { get; set; } = [];

    [Parameter]
    public string? RequiredVersion { get; set; }

    [Parameter]
    public string? MinimumVersion { get; set; }

    [Parameter]
    public string? Repository { get; set; }

    [Parameter]
    [ValidateSet("CurrentUser", "AllUsers")]
    public string Scope { get; set; } = "AllUsers";

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter AllowClobber { get; set; }

    [Parameter]
    public SwitchParameter SkipPublisherCheck { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            if (!ShouldProcess($"Version '{Gallery.Modules.GetValueOrDefault(name)}' of module '{name}'"))
            {
                continue;
            }
            if (!Force)
            {
                // The gallery is not trusted by default, and nobody is there to answer the question.
                var question = new InvalidOperationException("A command that prompts the user failed because the host program or the command type does not support user interaction. The repository 'PSGallery' is not trusted; use -Force to install from it.");
                WriteError(new ErrorRecord(question, "PromptNotSupported", ErrorCategory.NotImplemented, name));
                continue;
            }
            Install(name);
        }
    }

    private void Install(string name)
    {
        if (!Reach())
        {
            WriteWarning("Unable to resolve package source 'https://www.powershellgallery.com/api/v2'.");
            NoMatch(name, "");
        }
        else if (!Gallery.Modules.TryGetValue(name, out var version) || !Fits(version))
        {
            NoMatch(name, RequiredVersion is null ? "" : $" and version '{RequiredVersion}'");
        }
        else
        {
            Node.GalleryModules[name] = true;
            ModuleFolders.Use(Node);
        }
    }

    private bool Fits(Version version) =>
        (RequiredVersion is null || Version.Parse(RequiredVersion) == version)
        && (MinimumVersion is null || Version.Parse(MinimumVersion) <= version);

    private void NoMatch(string name, string more) => Fail(
        "NoMatchFoundForCriteria",
        $"No match was found for the specified search criteria and module name '{name}'{more}. Try Get-PSRepository to see all available registered module repositories.",
        name);
}

[Cmdlet(VerbsCommon.Get, "PackageProvider")]
internal sealed class GetPackageProvider : GalleryCommand
{
    [Parameter(Position = 0)]
    public string[] Name { get; set; } = [];

    [Parameter]
    public SwitchParameter ListAvailable { get; set; }

    [Parameter]
    public SwitchParameter ForceBootstrap { get; set; }

    protected override void ProcessRecord()
    {
        var installed = Node.PackageProviders.Keys.Order(StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var wanted in Name.Length > 0 ? Name : ["*"])
        {
            var pattern = new WildcardPattern(wanted, WildcardOptions.IgnoreCase);
            var found = installed.FindAll(pattern.IsMatch);
            found.ForEach(name => WriteObject(PackageProvider.Describe(name, Node.PackageProviders[name])));
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(wanted))
            {
                Fail("UnknownProviderFromActivatedList", $"Unable to find package provider '{wanted}'. It may not be imported yet. Try 'Get-PackageProvider -ListAvailable'.", wanted);
            }
        }
    }
}

[Cmdlet(VerbsLifecycle.Install, "PackageProvider", SupportsShouldProcess = true)]
internal sealed class InstallPackageProvider : GalleryCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    public string[] Name { get; set; } = [];

    [Parameter]
    public string? MinimumVersion { get; set; }

    [Parameter]
    [ValidateSet("CurrentUser", "AllUsers")]
    public string Scope { get; set; } = "AllUsers";

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter ForceBootstrap { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            if (!ShouldProcess(name))
            {
                continue;
            }
            if (!name.Equals("NuGet", StringComparison.OrdinalIgnoreCase) || !Reach())
            {
                WriteWarning("Unable to download the list of available providers. Check your internet connection.");
                Fail("NoMatchFoundForProvider", $"No match was found for the specified search criteria for the provider '{name}'. The package provider requires 'PackageManagement' and 'Provider' tags. Please check if the specified package has the tags.", name);
                continue;
            }
            Node.PackageProviders["NuGet"] = PackageProvider.NuGetVersion;
            WriteObject(PackageProvider.Describe("NuGet", PackageProvider.NuGetVersion));
        }
    }
}

internal static class PackageProvider
{
    public static Version NuGetVersion { get; } = new(2, 8, 5, 208);

    public static PSObject Describe(string name, Version version)
    {
        var bag = new PSObject();
        bag.Properties.Add(new PSNoteProperty("Name", name));
        bag.Properties.Add(new PSNoteProperty("Version", version));
        return bag;
    }
}
