using System.Management.Automation;
using OutboundConnectivity.PowerShellHost.WinInet;

namespace OutboundConnectivity.PowerShellHost.ModuleCommands;

/// <summary><c>netsh winhttp show|set|reset proxy</c>, a program on Windows: text out, exit code in $LASTEXITCODE.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Netsh")]
internal sealed class InvokeNetshCommand : NativeProgram
{
    private protected override string Program => "netsh";

    private protected override int Run()
    {
        switch (Arguments)
        {
            case ["winhttp", "show", "proxy"]:
                Show();
                break;
            case ["winhttp", "reset", "proxy"]:
                WinHttpStore.Reset(Node.Registry);
                Show();
                break;
            case ["winhttp", "set", "proxy", var server, .. var rest] when rest.Length <= 1:
                WinHttpStore.Write(Node.Registry, Value(server, "proxy-server"), rest is [var bypass] ? Value(bypass, "bypass-list") : "");
                Show();
                break;
            default:
                Lines($"The following command was not found: {string.Join(' ', Arguments)}.");
                return 1;
        }
        return 0;
    }

    private static string Value(string argument, string name) =>
        argument.StartsWith($"{name}=", StringComparison.OrdinalIgnoreCase) ? argument[(name.Length + 1)..].Trim('"') : argument;

    private void Show()
    {
        if (WinHttpStore.Read(Node.Registry) is { } proxy)
        {
            Lines(
                "Current WinHTTP proxy settings:",
                "",
                $"    Proxy Server(s) :  {proxy.Server}",
                $"    Bypass List     :  {(proxy.Bypass.Length > 0 ? proxy.Bypass : "(none)")}");
        }
        else
        {
            Lines("Current WinHTTP proxy settings:", "", "    Direct access (no proxy server).");
        }
    }

    private void Lines(params string[] lines) => WriteObject(lines.Prepend("").Append(""), enumerateCollection: true);
}
