using System.Management.Automation.Language;

namespace OutboundConnectivity.PowerShellCheck.Rules;

/// <summary>No background jobs: they start further processes, which application control and a cancel do not reach.</summary>
internal sealed class JobRule : Rule
{
    private static readonly HashSet<string> Commands = new(StringComparer.OrdinalIgnoreCase)
    {
        "Start-Job", "sajb", "Start-ThreadJob", "Start-Process", "Register-ScheduledJob",
    };

    public override string Name => "job";

    public override IEnumerable<Finding> Check(Script script)
    {
        foreach (var command in script.All<CommandAst>())
        {
            var asJob = command.CommandElements.OfType<CommandParameterAst>().FirstOrDefault(parameter => parameter.ParameterName.Equals("AsJob", StringComparison.OrdinalIgnoreCase));
            if (command.GetCommandName() is { } name && Commands.Contains(name))
            {
                yield return At(command.Extent, $"{name} starts work in the background");
            }
            else if (asJob is not null)
            {
                yield return At(asJob.Extent, "-AsJob starts work in the background");
            }
        }
    }
}
