using System.Management.Automation.Language;

namespace OutboundConnectivity.PowerShellCheck.Rules;

/// <summary>Only commands and parameters of the closed list, by their full names.</summary>
internal sealed class CommandRule(CommandCatalog commands) : Rule
{
    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "Confirm", "Debug", "ErrorAction", "ErrorVariable", "InformationAction", "OutVariable", "Verbose", "WarningAction",
        "WarningVariable", "WhatIf",
    };

    public override string Name => "command";

    public override IEnumerable<Finding> Check(Script script)
    {
        var own = script.All<FunctionDefinitionAst>().Select(function => function.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var command in script.All<CommandAst>())
        {
            var name = command.GetCommandName();
            if (name is null)
            {
                if (command.CommandElements[0] is not (VariableExpressionAst or ScriptBlockExpressionAst))
                {
                    yield return At(command.Extent, "the name of a command must be written out");
                }
                continue;
            }
            if (own.Contains(name))
            {
                continue;
            }
            if (commands.Parameters(name) is not { } parameters)
            {
                yield return At(command.Extent, $"{name} is not on the list of commands");
                continue;
            }
            foreach (var parameter in command.CommandElements.OfType<CommandParameterAst>())
            {
                if (!parameters.Contains(parameter.ParameterName) && !Common.Contains(parameter.ParameterName))
                {
                    yield return At(parameter.Extent, $"{name} -{parameter.ParameterName} is not on the list: abbreviated, not in 5.1, or not on the simulated nodes");
                }
            }
        }
    }
}
