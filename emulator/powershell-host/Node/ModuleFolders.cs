namespace OutboundConnectivity.PowerShellHost.Node;

/// <summary>
/// Where the engine looks for modules. The stand-ins lie beside the program: <c>modules/inbox</c> is on every node,
/// each folder of <c>modules/gallery</c> only on nodes that have the module.
/// </summary>
internal static class ModuleFolders
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "modules");

    /// <summary>The engine reads its module path from the process, and a process is one node.</summary>
    public static void Use(SimulatedNode node)
    {
        var folders = node.GalleryModules.Keys.Select(name => Path.Combine(Root, "gallery", name)).Prepend(Path.Combine(Root, "inbox"));
        Environment.SetEnvironmentVariable("PSModulePath", string.Join(Path.PathSeparator, folders));
    }
}
