using System.Text.Json;

namespace OutboundConnectivity.PowerShellCheck;

/// <summary>
/// The closed list of commands, with their parameters: those of 5.1 that the simulated nodes have too. A script can
/// therefore use nothing that was never run in a test.
/// </summary>
internal sealed class CommandCatalog
{
    private readonly Dictionary<string, HashSet<string>> commands;

    private CommandCatalog(Dictionary<string, HashSet<string>> commands) => this.commands = commands;

    public static CommandCatalog Load(string file)
    {
        var data = JsonSerializer.Deserialize<Dictionary<string, string[]>>(File.ReadAllText(file))
            ?? throw new InvalidDataException($"{file} is empty");
        return new CommandCatalog(data.ToDictionary(
            entry => entry.Key,
            entry => entry.Value.ToHashSet(StringComparer.OrdinalIgnoreCase),
            StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Null: the command is not on the list.</summary>
    public IReadOnlySet<string>? Parameters(string command) => commands.GetValueOrDefault(command);
}
