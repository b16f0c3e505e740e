using System.Management.Automation;
using Microsoft.Win32;
using Newtonsoft.Json.Linq;
using OutboundConnectivity.PowerShellHost.Registry;
using OutboundConnectivity.PowerShellHost.WinInet;

namespace OutboundConnectivity.PowerShellHost.Node;

/// <summary>Makes a node out of the <c>node</c> part of a seed request. What is wrong with it is a <see cref="FormatException"/>.</summary>
internal static class NodeSeed
{
    /// <summary>Keys that every Windows node has and that the tool's subject touches.</summary>
    private static readonly string[] BaseKeys =
    [
        @"HKLM:\SOFTWARE\Policies\Microsoft\Windows\CurrentVersion\Internet Settings",
        @"HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings\Connections",
        @"HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager\Environment",
        @"HKCU:\SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings\Connections",
        @"HKCU:\Environment",
    ];

    /// <summary>LocalSystem, LocalService and NetworkService, whose hives every Windows node has.</summary>
    private static readonly string[] ServiceAccounts = ["S-1-5-18", "S-1-5-19", "S-1-5-20"];

    public static SimulatedNode Build(JObject seed)
    {
        var name = Text(seed, "name") ?? throw new FormatException("node.name is missing");
        var node = new SimulatedNode
        {
            Name = name,
            Fqdn = Text(seed, "fqdn") ?? name,
            LanguageMode = Text(seed, "languageMode") switch
            {
                null or "Full" => PSLanguageMode.FullLanguage,
                "Constrained" or "ConstrainedSigned" => PSLanguageMode.ConstrainedLanguage,
                var other => throw new FormatException($"languageMode: \"{other}\" is none of Full, Constrained, ConstrainedSigned"),
            },
            CurlVersion = Text(seed, "curl") switch
            {
                null => "",
                "none" => null,
                var version => version,
            },
            SignedModule = seed["signedModule"] is JObject module
                ? (Text(module, "name") ?? throw new FormatException("signedModule.name is missing"), Text(module, "code") ?? "")
                : null,
            Gallery = Flag(seed, "gallery"),
            Addresses = [.. (seed["addresses"] as JArray ?? []).Select(address => address.ToString())],
            NetworkAtcProxy = Text(seed, "networkAtcProxy"),
            ArcAgentFault = Text(seed, "arcAgentFault"),
            BlockedPrograms = (seed["blockedPrograms"] as JArray ?? []).Select(program => program.ToString()).ToHashSet(StringComparer.OrdinalIgnoreCase),
            ArcAgent = (seed["arcAgent"] as JObject)?.Properties().ToDictionary(setting => setting.Name, setting => setting.Value.ToString()),
            Cluster = seed["cluster"] is JObject cluster ? BuildCluster(cluster) : null,
        };
        NodeListeners.Open((seed["listens"] as JArray ?? []).Select(port => (int)port));
        foreach (var key in BaseKeys)
        {
            node.Registry.CreateKey(key);
        }
        foreach (var account in ServiceAccounts)
        {
            node.Registry.SetValue(
                $@"HKEY_USERS\{account}\SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings\Connections",
                "DefaultConnectionSettings",
                RegistryValueKind.Binary,
                ConnectionBlob.Write(new ProxyOptions(), 1));
        }
        if (node.Fqdn.Split('.', 2) is [_, var domain])
        {
            node.Registry.SetValue(@"HKLM:\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters", "Domain", RegistryValueKind.String, domain);
        }
        if (seed["winHttpProxy"] is JObject winHttp)
        {
            WinHttpStore.Write(node.Registry, Text(winHttp, "server") ?? "", Text(winHttp, "bypass") ?? "");
        }
        else
        {
            WinHttpStore.Reset(node.Registry);
        }
        FillEnvironment(node, seed["environment"] as JObject);
        if (Text(seed, "proxy") is { Length: > 0 } proxy)
        {
            WinInetStore.WriteMachine(node.Registry, new ProxyOptions(proxy, Text(seed, "proxyBypass") ?? ""));
        }
        FillRegistry(node.Registry, seed["registry"] as JObject);
        if (Flag(seed, "proxyModule") == true)
        {
            node.GalleryModules["WinInetProxy"] = true;
        }
        return node;
    }

    private static ClusterFacts BuildCluster(JObject seed) => new()
    {
        Name = Text(seed, "name") ?? throw new FormatException("cluster.name is missing"),
        Nodes = seed["nodes"] is JArray nodes
            ? [.. nodes.OfType<JObject>().Select(node => (Text(node, "Name") ?? throw new FormatException("cluster.nodes: Name is missing"), Text(node, "State") ?? "Up"))]
            : throw new FormatException("cluster.nodes is missing"),
        Build = seed["build"] switch
        {
            null or { Type: JTokenType.Null } => 20348,
            { Type: JTokenType.Integer } build when (long)build is >= 10000 and <= 99999 => (uint)build,
            _ => throw new FormatException("build is no build number"),
        },
        Address = Text(seed, "address"),
        SubnetMask = Text(seed, "subnetMask"),
        WitnessAccount = Text(seed, "witnessAccount"),
        Cloud = Text(seed, "cloud") is { } cloud ? AzureCloud.Named(cloud) : null,
    };

    private static void FillEnvironment(SimulatedNode node, JObject? seed)
    {
        node.Environment["COMPUTERNAME"] = node.Name.ToUpperInvariant();
        node.Environment["USERDNSDOMAIN"] = node.Fqdn.Contains('.') ? node.Fqdn[(node.Fqdn.IndexOf('.') + 1)..].ToUpperInvariant() : "";
        node.Environment["SystemRoot"] = @"C:\Windows";
        node.Environment["SystemDrive"] = "C:";
        node.Environment["ProgramFiles"] = @"C:\Program Files";
        node.Environment["ProgramData"] = @"C:\ProgramData";
        node.Environment["USERDOMAIN"] = "CONTOSO";
        node.Environment["USERNAME"] = "admin";
        node.Environment["PROCESSOR_ARCHITECTURE"] = "AMD64";
        foreach (var (name, value) in seed ?? [])
        {
            node.Environment[name] = value?.ToString() ?? "";
            node.Registry.SetValue(BaseKeys[2], name, RegistryValueKind.String, value?.ToString() ?? "");
        }
    }

    private static void FillRegistry(RegistryHives registry, JObject? seed)
    {
        foreach (var (path, values) in seed ?? [])
        {
            registry.CreateKey(path);
            foreach (var (name, value) in values as JObject ?? throw new FormatException($"registry: \"{path}\" is no object"))
            {
                var (kind, data) = RegistryJson.Read(path, name, value!);
                registry.SetValue(path, name, kind, data);
            }
        }
    }

    private static string? Text(JObject from, string name) => from[name] switch
    {
        null or { Type: JTokenType.Null } => null,
        { Type: JTokenType.String } text => (string?)text,
        _ => throw new FormatException($"{name} is no string"),
    };

    private static bool? Flag(JObject from, string name) => from[name] switch
    {
        null or { Type: JTokenType.Null } => null,
        { Type: JTokenType.Boolean } flag => (bool)flag,
        _ => throw new FormatException($"{name} is neither true nor false"),
    };
}
