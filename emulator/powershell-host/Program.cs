using System.Text;
using OutboundConnectivity.PowerShellHost;
using OutboundConnectivity.PowerShellHost.Wire;

// One process is one simulated node. Requests come in and answers go out as JSON, one a line; see README.md.

// The engine keeps what it learned about modules in the user's home: a simulated node must not.
Environment.SetEnvironmentVariable("PSModuleAnalysisCachePath", "/dev/null");
Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");

var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var input = new StreamReader(Console.OpenStandardInput(), utf8);
using var output = new AnswerWriter(new StreamWriter(Console.OpenStandardOutput(), utf8));

// A script that writes to the console must not break the line protocol.
Console.SetOut(Console.Error);

new Session(input, output).Serve();
// Runs that a stop cannot reach (a blocking .NET call) must not keep the process.
Environment.Exit(0);
