namespace OutboundConnectivity.PowerShellCheck;

internal static class Characters
{
    /// <summary>The characters that PowerShell takes for ' or " although they look otherwise.</summary>
    public static bool IsTypographicQuote(char character) => character is >= '\u2018' and <= '\u201B' or >= '\u201C' and <= '\u201E';

    /// <summary>Every character with its place, counted from 1.</summary>
    public static IEnumerable<(int Line, int Column, char Character)> Of(string text)
    {
        var (line, column) = (1, 1);
        foreach (var character in text)
        {
            yield return (line, column, character);
            (line, column) = character == '\n' ? (line + 1, 1) : (line, column + 1);
        }
    }
}
