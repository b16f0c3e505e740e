using System.Management.Automation.Language;

namespace OutboundConnectivity.PowerShellCheck.Rules;

/// <summary>Automatic variables that came after 5.1; there they are empty.</summary>
internal sealed class VariableRule : Rule
{
    private static readonly HashSet<string> Newer = new(StringComparer.OrdinalIgnoreCase)
    {
        "IsWindows", "IsLinux", "IsMacOS", "IsCoreCLR", "PSStyle", "EnabledExperimentalFeatures",
        "PSNativeCommandUseErrorActionPreference", "PSNativeCommandArgumentPassing",
    };

    public override string Name => "variable";

    public override IEnumerable<Finding> Check(Script script) =>
        from variable in script.All<VariableExpressionAst>()
        where Newer.Contains(variable.VariablePath.UserPath)
        select At(variable.Extent, $"${variable.VariablePath.UserPath} is not in Windows PowerShell 5.1");
}
