using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>One element of a <c>-Property</c> list: a name, a pattern, a script block, or a table of name and expression.</summary>
internal sealed class PropertyExpression
{
    private readonly object? expression;
    private readonly string? label;

    public PropertyExpression(object given)
    {
        var value = Bare(given);
        if (value is IDictionary table)
        {
            foreach (DictionaryEntry entry in table)
            {
                var key = entry.Key.ToString() ?? "";
                if (Means(key, "Name") || Means(key, "Label"))
                {
                    label = entry.Value?.ToString();
                }
                else if (Means(key, "Expression"))
                {
                    expression = Bare(entry.Value);
                }
            }
        }
        else
        {
            expression = value;
        }
    }

    /// <summary>Names and values of the properties that this element picks from an object.</summary>
    public IEnumerable<(string Name, object? Value)> Pick(PSObject? item)
    {
        if (expression is string pattern && WildcardPattern.ContainsWildcardCharacters(pattern))
        {
            var match = new WildcardPattern(pattern, WildcardOptions.IgnoreCase);
            foreach (var property in item?.Properties.Where(property => match.IsMatch(property.Name)) ?? [])
            {
                yield return (property.Name, property.Value);
            }
        }
        else
        {
            yield return (label ?? expression?.ToString() ?? "", Evaluate(item));
        }
    }

    public object? Evaluate(PSObject? item)
    {
        if (expression is ScriptBlock block)
        {
            return Single(block.InvokeWithContext(null, [new PSVariable("_", item)]));
        }
        var name = expression?.ToString() ?? "";
        return item?.BaseObject is IDictionary table && table.Contains(name) ? table[name] : item?.Properties[name]?.Value;
    }

    private static bool Means(string key, string word) => key.Length > 0 && word.StartsWith(key, StringComparison.OrdinalIgnoreCase);

    private static object? Bare(object? value) => value is PSObject bag ? bag.BaseObject : value;

    private static object? Single(Collection<PSObject> results) => results.Count switch
    {
        0 => null,
        1 => results[0],
        _ => results.ToArray(),
    };
}
