using System.Management.Automation;
using System.Numerics;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OutboundConnectivity.PowerShellHost.Wire;

/// <summary>Reads JSON into what Windows PowerShell 5.1 makes of it.</summary>
internal static class JsonIn
{
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static JToken Parse(string text)
    {
        try
        {
            return Parse(text, FloatParseHandling.Decimal);
        }
        catch (JsonReaderException)
        {
            // A number beyond decimal's range; a text that is no JSON fails again, with its own message.
            return Parse(text, FloatParseHandling.Double);
        }
    }

    /// <summary>Numbers become int, long or decimal, else double; objects become property bags.</summary>
    public static object? ToPowerShell(JToken token)
    {
        switch (token)
        {
            case JObject map:
                var bag = new PSObject();
                foreach (var (name, value) in map)
                {
                    bag.Properties.Add(new PSNoteProperty(name, value is null ? null : ToPowerShell(value)));
                }
                return bag;
            case JArray list:
                return list.Select(ToPowerShell).ToArray();
            case JValue { Value: long number } when number is >= int.MinValue and <= int.MaxValue:
                return (int)number;
            case JValue { Value: BigInteger number }:
                return BigInteger.Abs(number) <= new BigInteger(decimal.MaxValue) ? (decimal)number : (double)number;
            case JValue scalar:
                return scalar.Value;
            default:
                throw new JsonException($"Invalid JSON primitive: {token}.");
        }
    }

    private static JToken Parse(string text, FloatParseHandling floats)
    {
        using var reader = new JsonTextReader(new StringReader(text))
        {
            DateParseHandling = DateParseHandling.None,
            FloatParseHandling = floats,
            MaxDepth = 1024,
        };
        var token = JToken.ReadFrom(reader);
        while (reader.Read())
        {
            if (reader.TokenType != JsonToken.Comment)
            {
                throw new JsonReaderException($"Unexpected text after the value, position {reader.LinePosition}.");
            }
        }
        return token;
    }
}
