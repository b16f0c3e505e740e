namespace OutboundConnectivity.PowerShellCheck.Rules;

/// <summary>ASCII only: 5.1 reads a file without a byte order mark in the computer's own code page.</summary>
internal sealed class AsciiRule : Rule
{
    public override string Name => "ascii";

    public override IEnumerable<Finding> Check(Script script)
    {
        foreach (var (line, column, character) in Characters.Of(script.Text))
        {
            var allowed = character is >= ' ' and <= '~' or '\t' or '\r' or '\n';
            if (!allowed && !Characters.IsTypographicQuote(character))
            {
                yield return new Finding(line, column, Name, $"U+{(int)character:X4} is no printable ASCII character");
            }
        }
    }
}
