using System.Globalization;
using System.Management.Automation;
using OutboundConnectivity.PowerShellHost.WinInet;

namespace OutboundConnectivity.PowerShellHost.ModuleCommands;

/// <summary>
/// Module WinInetProxy 0.1.0 as it is documented: a value that is not given comes from the environment variable of the
/// same name; "remove" is the same call with nothing given, so it clears only the hive that counts after the switch.
/// Sources: MicrosoftDocs/azure-stack-docs azure-stack/hci/manage/configure-proxy-settings.md (1810d08a) and
/// configure-proxy-settings-23h2.md (00012dd8), forderud/WindowsClientAuth ProxyConfig/WinINetConfig.cpp (74608acf).
/// </summary>
[Cmdlet(VerbsCommon.Set, "WinInetProxy")]
public sealed class SetWinInetProxyCommand : StandInCommand
{
    [Parameter(Position = 0)]
    public int ProxySettingsPerUser { get; set; } = 1;

    [Parameter(Position = 1)]
    public int AutoDetect { get; set; }

    [Parameter(Position = 2)]
    public string PACUrl { get; set; } = "";

    [Parameter(Position = 3)]
    public string ProxyServer { get; set; } = "";

    [Parameter(Position = 4)]
    public string ProxyBypass { get; set; } = "";

    protected override void ProcessRecord()
    {
        if (Node.LanguageMode == PSLanguageMode.ConstrainedLanguage)
        {
            // The module compiles C# to reach WinINet; unsigned, it may not.
            var refusal = new PSNotSupportedException("Cannot add type. Definition of new types is not supported in this language mode.");
            ThrowTerminatingError(new ErrorRecord(refusal, "CannotDefineNewType,Microsoft.PowerShell.Commands.AddTypeCommand", ErrorCategory.PermissionDenied, null));
        }
        var perUser = Number(nameof(ProxySettingsPerUser), ProxySettingsPerUser);
        var options = new ProxyOptions(
            Text(nameof(ProxyServer), ProxyServer),
            Text(nameof(ProxyBypass), ProxyBypass),
            Text(nameof(PACUrl), PACUrl),
            Number(nameof(AutoDetect), AutoDetect) != 0);

        WriteObject("Start proxy Configuration");
        if (perUser == 0)
        {
            WinInetStore.UseMachine(Node.Registry);
            WriteObject("Proxy is machine wide");
        }
        else
        {
            WinInetStore.UseUser(Node.Registry);
            WriteObject("Proxy is Per User");
        }
        WriteObject($"AutoDetect is {(options.AutoDetect ? 1 : 0)}");
        WriteObject($"PACUrl is {options.AutoConfigUrl}");
        WriteObject($"ProxyServer is {options.Server}");
        WriteObject($"ProxyBypass is {options.Bypass}");
        WinInetStore.Write(Node.Registry, options);
        WriteObject("Entered WriteProxySettingsHelper");
        WriteObject("Entered WriteProxySettingsHelper");
        WriteObject("");
        WriteObject("Successfully set proxy");
    }

    private string Text(string name, string given) =>
        !MyInvocation.BoundParameters.ContainsKey(name) && Node.Environment.TryGetValue(name, out var left) ? left : given;

    private int Number(string name, int given) =>
        int.TryParse(Text(name, ""), CultureInfo.InvariantCulture, out var left) ? left : given;
}
