using System.Management.Automation.Language;
using OutboundConnectivity.PowerShellCheck.Framework;

namespace OutboundConnectivity.PowerShellCheck.Rules;

/// <summary>Types that a 5.1 session has without loading anything.</summary>
internal sealed class TypeRule(FrameworkCatalog framework) : Rule
{
    private readonly TypeNames names = new(framework);

    public override string Name => "type";

    public override IEnumerable<Finding> Check(Script script)
    {
        var own = script.All<TypeDefinitionAst>().Select(type => type.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var used in script.All<TypeExpressionAst>().Select(type => type.TypeName).Concat(script.All<TypeConstraintAst>().Select(type => type.TypeName)))
        {
            foreach (var part in TypeNames.Parts(used))
            {
                if (!own.Contains(part.FullName) && !TypeNames.IsParserName(part) && names.Find(part) is null)
                {
                    yield return At(part.Extent, $"[{part.FullName}] is not in .NET Framework 4.7.2 as Windows PowerShell 5.1 loads it");
                }
            }
        }
        foreach (var attribute in script.All<AttributeAst>())
        {
            // PowerShell finds attributes with and without their ending.
            if (names.Find(attribute.TypeName) is null && framework.Find($"{attribute.TypeName.FullName}Attribute") is null && !IsEngineAttribute(attribute.TypeName.FullName))
            {
                yield return At(attribute.Extent, $"the attribute [{attribute.TypeName.FullName}] is not in Windows PowerShell 5.1");
            }
        }
    }

    private bool IsEngineAttribute(string name) => framework.Find($"System.Management.Automation.{name}Attribute") is not null;
}
