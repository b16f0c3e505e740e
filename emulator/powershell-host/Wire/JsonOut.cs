using System.Collections;
using System.Management.Automation;
using System.Numerics;
using Newtonsoft.Json;

namespace OutboundConnectivity.PowerShellHost.Wire;

/// <summary>PowerShell objects as JSON, as a gateway would write what remoting handed to it: ISO dates, bytes in Base64.</summary>
internal static class JsonOut
{
    /// <summary>Deeper than anything that remoting at depth 1 hands over as objects; a guard against cycles.</summary>
    private const int MaximumDepth = 24;

    public static void Write(JsonWriter json, object? value, int depth = MaximumDepth)
    {
        var bag = value as PSObject;
        if (bag is { BaseObject: not PSCustomObject })
        {
            value = bag.BaseObject;
        }
        if (WriteScalar(json, value))
        {
            return;
        }
        if (depth == 0)
        {
            json.WriteValue(LanguagePrimitives.ConvertTo<string>(bag ?? value));
            return;
        }
        switch (value)
        {
            case IDictionary map:
                json.WriteStartObject();
                foreach (DictionaryEntry entry in map)
                {
                    json.WritePropertyName(entry.Key.ToString()!);
                    Write(json, entry.Value, depth - 1);
                }
                json.WriteEndObject();
                break;
            case IEnumerable list:
                json.WriteStartArray();
                foreach (var item in list)
                {
                    Write(json, item, depth - 1);
                }
                json.WriteEndArray();
                break;
            default:
                WriteProperties(json, bag ?? PSObject.AsPSObject(value), depth);
                break;
        }
    }

    private static bool WriteScalar(JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull();
                return true;
            case string or bool or byte or sbyte or short or ushort or int or uint or long or ulong or decimal:
                json.WriteValue(value);
                return true;
            case double number when double.IsFinite(number):
                json.WriteValue(number);
                return true;
            case float number when float.IsFinite(number):
                json.WriteValue(number);
                return true;
            case Enum constant:
                json.WriteValue(Convert.ToInt64(constant));
                return true;
            case DateTime time:
                json.WriteValue(time.ToUniversalTime().ToString("o"));
                return true;
            case byte[] bytes:
                json.WriteValue(Convert.ToBase64String(bytes));
                return true;
            case char or double or float or BigInteger or Guid or Version or Uri or TimeSpan or DateTimeOffset or Type or ScriptBlock:
                json.WriteValue(value.ToString());
                return true;
            default:
                return false;
        }
    }

    private static void WriteProperties(JsonWriter json, PSObject bag, int depth)
    {
        json.WriteStartObject();
        foreach (var property in bag.Properties)
        {
            if (!property.IsGettable)
            {
                continue;
            }
            object? value;
            try
            {
                value = property.Value;
            }
            catch (GetValueException)
            {
                continue;
            }
            json.WritePropertyName(property.Name);
            Write(json, value, depth - 1);
        }
        json.WriteEndObject();
    }
}
