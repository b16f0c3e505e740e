using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using OutboundConnectivity.PowerShellHost.Registry;

namespace OutboundConnectivity.PowerShellHost.Node;

/// <summary>The engine with its real cmdlets, and stand-ins for what Windows alone has.</summary>
internal static class SessionStateFactory
{
    private static readonly string[] CmdletAssemblies =
    [
        "Microsoft.PowerShell.Commands.Management",
        "Microsoft.PowerShell.Commands.Utility",
        "Microsoft.PowerShell.Security",
    ];

    private static readonly InitialSessionState Template = CreateTemplate();

    public static InitialSessionState Create(bool hasArcAgent)
    {
        var state = Template.Clone();
        if (hasArcAgent)
        {
            foreach (var program in new[] { "azcmagent.exe", @"C:\Program Files\AzureConnectedMachineAgent\azcmagent.exe" })
            {
                state.Commands.Add(new SessionStateAliasEntry(program, "Invoke-Azcmagent"));
            }
        }
        return state;
    }

    private static InitialSessionState CreateTemplate()
    {
        var state = InitialSessionState.CreateDefault2();
        foreach (var name in CmdletAssemblies)
        {
            foreach (var type in Assembly.Load(name).GetExportedTypes())
            {
                if (!type.IsAbstract && type.GetCustomAttribute<CmdletAttribute>() is { } real)
                {
                    state.Commands.Add(new SessionStateCmdletEntry($"{real.VerbName}-{real.NounName}", type, null));
                }
            }
        }
        foreach (var type in typeof(SessionStateFactory).Assembly.GetTypes())
        {
            // A public one comes with its module. The engine takes one assembly for one module of a session, so the
            // commands of the inbox modules are there from the start and their manifests only name the modules.
            if (!type.IsPublic && type.GetCustomAttribute<CmdletAttribute>() is { } cmdlet)
            {
                var command = $"{cmdlet.VerbName}-{cmdlet.NounName}";
                state.Commands.Remove(command, typeof(SessionStateCmdletEntry));
                state.Commands.Add(new SessionStateCmdletEntry(command, type, null));
            }
        }
        foreach (var program in new[] { "netsh", "netsh.exe", "reg.exe", "icacls.exe", "w32tm.exe" })
        {
            state.Commands.Add(new SessionStateAliasEntry(program, $"Invoke-{char.ToUpperInvariant(program[0])}{Path.GetFileNameWithoutExtension(program)[1..]}"));
        }
        for (var index = state.Providers.Count - 1; index >= 0; index--)
        {
            if (state.Providers[index].Name == "Environment")
            {
                state.Providers.RemoveItem(index);
            }
        }
        state.Providers.Add(new SessionStateProviderEntry("Environment", typeof(EnvironmentProvider), null));
        state.Providers.Add(new SessionStateProviderEntry("Certificate", typeof(CertificateProvider), null));
        state.Providers.Add(new SessionStateProviderEntry("Registry", typeof(RegistryProvider), null));
        return state;
    }
}
