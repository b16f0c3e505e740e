using System.Management.Automation;
using Microsoft.Win32;
using OutboundConnectivity.PowerShellHost.Node;
using OutboundConnectivity.PowerShellHost.Registry;

namespace OutboundConnectivity.PowerShellHost.ModuleCommands;

/// <summary>A program on Windows: words in, lines of text out, exit code in $LASTEXITCODE.</summary>
internal abstract class NativeProgram : PSCmdlet
{
    [Parameter(ValueFromRemainingArguments = true)]
    public string[] Arguments { get; set; } = [];

    private protected static SimulatedNode Node => SimulatedNode.Current;

    private protected abstract string Program { get; }

    protected override void EndProcessing()
    {
        // A question is no change: it would only fill the log.
        if (!IsQuestion)
        {
            Node.Calls.Add(Program, new Dictionary<string, object?> { ["Arguments"] = Arguments });
        }
        if (Node.BlockedPrograms.Contains(Program))
        {
            throw new ApplicationFailedException($"Program '{Program}.exe' failed to run: This program is blocked by group policy. For more information, contact your system administrator.");
        }
        SessionState.PSVariable.Set(new PSVariable("global:LASTEXITCODE", Run()));
    }

    private protected virtual bool IsQuestion => false;

    private protected abstract int Run();
}

/// <summary><c>reg.exe query KEY /v NAME</c>: kind and data of one value, four blanks between the columns.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Reg")]
internal sealed class InvokeRegCommand : NativeProgram
{
    private protected override string Program => "reg";

    private protected override bool IsQuestion => true;

    private protected override int Run()
    {
        if (Arguments is not ["query", var key, "/v", var name]
            || Node.Registry.ReadValue(key.Insert(key.IndexOf('\\'), ":"), name) is not { } value)
        {
            return 1;
        }
        var (type, data) = value.Kind switch
        {
            RegistryValueKind.ExpandString => ("REG_EXPAND_SZ", Printed(value.Data)),
            RegistryValueKind.String => ("REG_SZ", Printed(value.Data)),
            RegistryValueKind.DWord => ("REG_DWORD", $"0x{value.Data:x}"),
            RegistryValueKind.Binary => ("REG_BINARY", Convert.ToHexString((byte[])value.Data)),
            RegistryValueKind.QWord => ("REG_QWORD", $"0x{value.Data:x}"),
            RegistryValueKind.MultiString => ("REG_MULTI_SZ", string.Join("\\0", (string[])value.Data)),
            RegistryValueKind.None => ("REG_NONE", Convert.ToHexString((byte[])value.Data)),
            _ => ("REG_RESOURCE_LIST", Convert.ToHexString((byte[])value.Data)),
        };
        WriteObject("");
        WriteObject(key);
        foreach (var line in $"    {name}    {type}    {data}".Split('\n'))
        {
            WriteObject(line);
        }
        WriteObject("");
        return 0;
    }

    /// <summary>To the first NUL, and in a code page that knows Latin letters only.</summary>
    private static string Printed(object data) =>
        new([.. ((string)data).TakeWhile(letter => letter != '\0').Select(letter => letter > '\u00ff' ? '?' : letter)]);
}

/// <summary><c>icacls.exe</c>: the simulated drive knows no access rights, so the call is only kept.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Icacls")]
internal sealed class InvokeIcaclsCommand : NativeProgram
{
    private protected override string Program => "icacls";

    private protected override int Run() => 0;
}

/// <summary><c>azcmagent.exe config get NAME</c>, on nodes that have the Arc agent; its faults as <see cref="SimulatedNode.ArcAgentFault"/> says.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Azcmagent")]
internal sealed class InvokeAzcmagentCommand : NativeProgram
{
    private protected override string Program => "azcmagent";

    private protected override bool IsQuestion => true;

    private readonly ManualResetEventSlim _stopped = new();

    protected override void StopProcessing() => _stopped.Set();

    private protected override int Run() => Node.ArcAgentFault switch
    {
        "crashes" => unchecked((int)0xC0000005),
        "fails" => Fail(),
        "babbles" => Say("Unable to read the agent's configuration, using defaults"),
        "hangs" => Hang(),
        _ => Answer(),
    };

    private int Answer()
    {
        if (Arguments is not ["config", "get", "proxy.url" or "proxy.bypass" or "connection.type"])
        {
            return 1;
        }
        // One that is not set is an empty line.
        return Say(Node.ArcAgent?.GetValueOrDefault(Arguments[2]) ?? "");
    }

    private int Say(string line)
    {
        WriteObject(line);
        return 0;
    }

    private int Fail()
    {
        WriteError(new ErrorRecord(new RemoteException("AZCM0026: the himds service does not answer"), "NativeCommandError", ErrorCategory.NotSpecified, null));
        return 1;
    }

    private int Hang()
    {
        _stopped.Wait();
        return 1;
    }
}

[Cmdlet(VerbsLifecycle.Restart, "Service")]
internal sealed class RestartServiceCommand : StandInCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    public string[] Name { get; set; } = [];

    [Parameter]
    public SwitchParameter Force { get; set; }
}

/// <summary>The node's own addresses.</summary>
[Cmdlet(VerbsCommon.Get, "NetIPAddress")]
internal sealed class GetNetIPAddressCommand : PSCmdlet
{
    [Parameter]
    public string AddressFamily { get; set; } = "";

    protected override void EndProcessing()
    {
        foreach (var address in SimulatedNode.Current.Addresses)
        {
            var found = new PSObject();
            found.Properties.Add(new PSNoteProperty("IPAddress", address));
            WriteObject(found);
        }
    }
}

/// <summary>Network ATC's overrides for all intents; nothing where it sets no proxy.</summary>
[Cmdlet(VerbsCommon.Get, "NetIntent")]
internal sealed class GetNetIntentCommand : PSCmdlet
{
    [Parameter]
    public SwitchParameter GlobalOverrides { get; set; }

    protected override void EndProcessing()
    {
        if (GlobalOverrides && SimulatedNode.Current.NetworkAtcProxy is { } server)
        {
            var overrides = new PSObject();
            overrides.Properties.Add(new PSNoteProperty("ProxyServer", server));
            WriteObject(overrides);
        }
    }
}
