namespace OutboundConnectivity.PowerShellCheck.Rules;

/// <summary>No typographic quotes: PowerShell takes them for quotes, so that they end a text where nobody sees it.</summary>
internal sealed class QuoteRule : Rule
{
    public override string Name => "quote";

    public override IEnumerable<Finding> Check(Script script) =>
        from place in Characters.Of(script.Text)
        where Characters.IsTypographicQuote(place.Character)
        select new Finding(place.Line, place.Column, Name, $"typographic quote U+{(int)place.Character:X4}: use ' or \"");
}
