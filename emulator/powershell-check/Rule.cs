using System.Management.Automation.Language;

namespace OutboundConnectivity.PowerShellCheck;

/// <summary>Something that must be mended. Line and column count from 1.</summary>
internal readonly record struct Finding(int Line, int Column, string Rule, string Message);

/// <summary>One thing that scripts must keep to.</summary>
internal abstract class Rule
{
    /// <summary>Short name for the output, in kebab case.</summary>
    public abstract string Name { get; }

    public abstract IEnumerable<Finding> Check(Script script);

    protected Finding At(IScriptExtent extent, string message) => new(extent.StartLineNumber, extent.StartColumnNumber, Name, message);

    /// <summary>For what concerns a file as a whole.</summary>
    protected Finding AtTop(string message) => new(1, 1, Name, message);
}
