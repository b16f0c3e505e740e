using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Provider;
using Microsoft.Win32;

namespace OutboundConnectivity.PowerShellHost.Registry;

/// <summary>Values of registry keys, which the engine calls properties.</summary>
internal sealed partial class RegistryProvider : IDynamicPropertyCmdletProvider
{
    public void GetProperty(string path, Collection<string>? providerSpecificPickList)
    {
        if (Read(path) is not { } key)
        {
            return;
        }
        var bag = new PSObject();
        if (providerSpecificPickList is not { Count: > 0 } names)
        {
            Add(key.Values);
        }
        else
        {
            foreach (var name in names)
            {
                var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
                var found = key.Values.Where(value => pattern.IsMatch(value.Key)).ToList();
                if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                {
                    Missing(name, path);
                }
                Add(found);
            }
        }
        if (bag.Properties.Any())
        {
            WritePropertyObject(bag, key.Path);
        }

        void Add(IEnumerable<KeyValuePair<string, RegistryValue>> values)
        {
            foreach (var (name, value) in values)
            {
                bag.Properties.Add(new PSNoteProperty(name, Given(value)));
            }
        }
    }

    /// <summary>As .NET's registry key gives it: variables filled in, and nothing of a kind that it does not know.</summary>
    private static object? Given(RegistryValue value) => value.Kind switch
    {
        RegistryValueKind.ExpandString => Environment.ExpandEnvironmentVariables((string)value.Data),
        RegistryValueKind.Unknown => null,
        _ => value.Data,
    };

    public void SetProperty(string path, PSObject propertyValue)
    {
        if (Read(path) is not { } key)
        {
            return;
        }
        var written = new PSObject();
        var asked = (DynamicParameters as ValueKindParameter)?.Type;
        foreach (var property in propertyValue.Properties)
        {
            var value = RegistryData.Coerce(property.Value, asked ?? Hives.ReadValue(path, property.Name)?.Kind);
            Hives.SetValue(path, property.Name, value.Kind, value.Data);
            written.Properties.Add(new PSNoteProperty(property.Name, value.Data));
        }
        WritePropertyObject(written, key.Path);
    }

    public void ClearProperty(string path, Collection<string> propertyToClear)
    {
        if (Read(path) is null)
        {
            return;
        }
        foreach (var name in propertyToClear)
        {
            if (Hives.ReadValue(path, name) is { } old)
            {
                Hives.SetValue(path, name, old.Kind, RegistryData.Coerce(null, old.Kind).Data);
            }
            else
            {
                Missing(name, path);
            }
        }
    }

    public void NewProperty(string path, string propertyName, string? propertyTypeName, object? value)
    {
        if (Read(path) is not { } key)
        {
            return;
        }
        if (Hives.ReadValue(path, propertyName) is not null && !Force)
        {
            Fail(new IOException("The property already exists."), ErrorCategory.ResourceExists, key.Path);
            return;
        }
        var kind = string.IsNullOrEmpty(propertyTypeName)
            ? RegistryValueKind.Unknown
            : Enum.Parse<RegistryValueKind>(propertyTypeName, ignoreCase: true);
        var made = RegistryData.Coerce(value, kind);
        Hives.SetValue(path, propertyName, made.Kind, made.Data);
        var bag = new PSObject();
        bag.Properties.Add(new PSNoteProperty(propertyName, made.Data));
        WritePropertyObject(bag, key.Path);
    }

    public void RemoveProperty(string path, string propertyName)
    {
        if (Read(path) is not null && !Hives.RemoveValue(path, propertyName))
        {
            Missing(propertyName, path);
        }
    }

    public void RenameProperty(string path, string sourceProperty, string destinationProperty)
    {
        if (Read(path) is null)
        {
            return;
        }
        if (Hives.ReadValue(path, sourceProperty) is { } value)
        {
            Hives.RemoveValue(path, sourceProperty);
            Hives.SetValue(path, destinationProperty, value.Kind, value.Data);
        }
        else
        {
            Missing(sourceProperty, path);
        }
    }

    public void CopyProperty(string sourcePath, string sourceProperty, string destinationPath, string destinationProperty) =>
        throw new PSNotSupportedException();

    public void MoveProperty(string sourcePath, string sourceProperty, string destinationPath, string destinationProperty) =>
        throw new PSNotSupportedException();

    public object? GetPropertyDynamicParameters(string path, Collection<string>? providerSpecificPickList) => null;

    public object SetPropertyDynamicParameters(string path, PSObject propertyValue) => new ValueKindParameter();

    public object? ClearPropertyDynamicParameters(string path, Collection<string> propertyToClear) => null;

    public object? NewPropertyDynamicParameters(string path, string propertyName, string? propertyTypeName, object? value) => null;

    public object? RemovePropertyDynamicParameters(string path, string propertyName) => null;

    public object? RenamePropertyDynamicParameters(string path, string sourceProperty, string destinationProperty) => null;

    public object? CopyPropertyDynamicParameters(string sourcePath, string sourceProperty, string destinationPath, string destinationProperty) => null;

    public object? MovePropertyDynamicParameters(string sourcePath, string sourceProperty, string destinationPath, string destinationProperty) => null;

    /// <summary>What the real provider adds to Set-ItemProperty.</summary>
    internal sealed class ValueKindParameter
    {
        [Parameter(ValueFromPipelineByPropertyName = true)]
        public RegistryValueKind? Type { get; set; }
    }

    private void Missing(string name, string path)
    {
        var message = $"Property {name} does not exist at path {RegistryPath.Full(path)}.";
        Fail(new PSArgumentException(message), ErrorCategory.InvalidArgument, name);
    }
}
