using System.Management.Automation;

namespace OutboundConnectivity.PowerShellHost.Wire;

/// <summary>An error record in the words of the protocol.</summary>
internal static class ScriptError
{
    public static Dictionary<string, object?> From(ErrorRecord record) => new()
    {
        ["errorType"] = record.Exception.GetType().FullName,
        ["message"] = record.ErrorDetails?.Message ?? record.Exception.Message,
        ["fullyQualifiedErrorId"] = record.FullyQualifiedErrorId,
        ["category"] = record.CategoryInfo.Category.ToString(),
        ["line"] = record.InvocationInfo?.ScriptLineNumber ?? 0,
    };
}
