namespace OutboundConnectivity.PowerShellHost.Node;

/// <summary>
/// Where the engine looks for modules and programs. The stand-ins lie beside the program: <c>modules/inbox</c> is on every node,
/// each folder of <c>modules/gallery</c> only on nodes that have the module. What a script puts into the node's own folder of
/// modules is found, too.
/// </summary>
internal static class ModuleFolders
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "modules");

    /// <summary>Programs that Windows has, under their Windows names.</summary>
    private static readonly string Programs = Path.Combine(AppContext.BaseDirectory, "programs");

    private static readonly string OwnPath = Environment.GetEnvironmentVariable("PATH") ?? "";

    private static readonly Lock Gate = new();
    private static SimulatedNode? used;

    /// <summary>The engine reads its module path from the process, and a process is one node.</summary>
    public static void Use(SimulatedNode node)
    {
        lock (Gate)
        {
            used = node;
            Write(node);
            Environment.SetEnvironmentVariable("PATH", node.CurlVersion is null ? OwnPath : $"{Programs}{Path.PathSeparator}{OwnPath}");
            Environment.SetEnvironmentVariable("OUTBOUND_CURL_VERSION", node.CurlVersion ?? "");
        }
    }

    /// <summary>Takes back what the engine itself put into the path.</summary>
    public static void Restore()
    {
        lock (Gate)
        {
            if (used is { } node)
            {
                Write(node);
            }
        }
    }

    private static void Write(SimulatedNode node)
    {
        var folders = node.GalleryModules.Keys
            .Select(name => Path.Combine(Root, "gallery", name))
            .Prepend(Path.Combine(Root, "inbox"))
            .Append(node.Drive.Modules);
        Environment.SetEnvironmentVariable("PSModulePath", string.Join(Path.PathSeparator, folders));
    }
}
