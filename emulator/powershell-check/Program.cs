using System.Management.Automation.Runspaces;
using OutboundConnectivity.PowerShellCheck;

// powershell-check FILE…: can Windows PowerShell 5.1 run these scripts the way Windows Admin Center runs them?
// Prints `file:line:column rule: message`; 0 nothing found, 1 something found, 2 wrong use.

if (args.Length == 0 || args.Any(argument => argument.StartsWith('-')))
{
    Console.Error.WriteLine("usage: powershell-check FILE…");
    return 2;
}
if (Array.Find(args, file => !File.Exists(file)) is { } missing)
{
    Console.Error.WriteLine($"powershell-check: {missing} is no file");
    return 2;
}

// The engine infers types with the help of a runspace.
using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
runspace.Open();
Runspace.DefaultRunspace = runspace;

using var rules = RuleSet.Create();
var found = 0;
foreach (var file in args)
{
    foreach (var finding in rules.Check(Script.Read(file)))
    {
        Console.WriteLine($"{file}:{finding.Line}:{finding.Column} {finding.Rule}: {finding.Message}");
        found++;
    }
}
return found == 0 ? 0 : 1;
