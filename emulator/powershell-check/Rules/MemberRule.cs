using System.Management.Automation.Language;
using OutboundConnectivity.PowerShellCheck.Framework;

namespace OutboundConnectivity.PowerShellCheck.Rules;

/// <summary>
/// Members that .NET Framework 4.7.2 has, by name and number of arguments: on the type where it is known, else on any
/// type. Types of arguments and behaviour are not seen by this check.
/// </summary>
internal sealed class MemberRule(FrameworkCatalog framework) : Rule
{
    private readonly TypeNames names = new(framework);

    public override string Name => "member";

    public override IEnumerable<Finding> Check(Script script)
    {
        foreach (var use in script.All<MemberExpressionAst>())
        {
            if (use.Member is not StringConstantExpressionAst { Value: var member })
            {
                continue;
            }
            int? arguments = use is InvokeMemberExpressionAst call ? call.Arguments?.Count ?? 0 : null;
            var problem = use is { Static: true, Expression: TypeExpressionAst { TypeName: var type } }
                ? OnType(type, member, arguments)
                : use.Static ? null : OnValue(use.Expression, member, arguments);
            if (problem is not null)
            {
                yield return At(use.Extent, $"{problem} is not in .NET Framework 4.7.2");
            }
        }
    }

    private string? OnType(ITypeName name, string member, int? arguments)
    {
        // A type that is not there is another rule's finding.
        if (names.Find(name) is not { } type)
        {
            return null;
        }
        var isNew = member.Equals("new", StringComparison.OrdinalIgnoreCase) && arguments is not null;
        var exists = isNew
            ? name is ArrayTypeName || FrameworkCatalog.HasConstructor(type, arguments!.Value)
            : FrameworkCatalog.HasMember(type, member, isStatic: true, arguments);
        return exists ? null : $"[{name.FullName}]::{Describe(member, arguments)}";
    }

    private string? OnValue(ExpressionAst expression, string member, int? arguments)
    {
        var inferred = TypeInference.Of(expression);
        var known = inferred.Select(framework.Counterpart).OfType<Type>().ToList();
        if (known.Count > 0 && known.Count == inferred.Count)
        {
            var exists = known.Exists(type => FrameworkCatalog.HasMember(type, member, isStatic: false, arguments));
            // The engine gives these to everything.
            var everywhere = arguments is null && (member.Equals("Count", StringComparison.OrdinalIgnoreCase) || member.Equals("Length", StringComparison.OrdinalIgnoreCase) || member.Equals("PSObject", StringComparison.OrdinalIgnoreCase));
            // On a list, a member may be meant for each of its elements.
            var forElements = inferred.Any(type => typeof(System.Collections.IEnumerable).IsAssignableFrom(type) && type != typeof(string));
            if (exists || everywhere || (forElements && arguments is null))
            {
                return null;
            }
            if (!forElements)
            {
                return $"{string.Join(" or ", known.Select(type => type.FullName))}: {Describe(member, arguments)}";
            }
        }
        return arguments is { } count && !framework.AnyMethod(member, count) ? $"a method {Describe(member, arguments)} of any type" : null;
    }

    private static string Describe(string member, int? arguments) => arguments switch
    {
        null => member,
        1 => $"{member} with 1 argument",
        var count => $"{member} with {count} arguments",
    };
}
