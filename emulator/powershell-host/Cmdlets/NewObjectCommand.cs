using System.Collections;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Stand-in. Class names are those of the real commands: they show in FullyQualifiedErrorId.</summary>
[Cmdlet(VerbsCommon.New, "Object")]
internal sealed class NewObjectCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string TypeName { get; set; } = "";

    [Parameter(Position = 1)]
    [Alias("Args")]
    public object[] ArgumentList { get; set; } = [];

    [Parameter]
    public IDictionary? Property { get; set; }

    protected override void BeginProcessing()
    {
        if (!LanguagePrimitives.TryConvertTo<Type>(TypeName, out var type))
        {
            var message = $"Cannot find type [{TypeName}]: verify that the assembly containing this type is loaded.";
            Fail(new PSArgumentException(message), "TypeNotFound", ErrorCategory.InvalidType);
        }
        var isBag = type == typeof(PSObject) || type == typeof(PSCustomObject);
        if (!isBag && SessionState.LanguageMode == PSLanguageMode.ConstrainedLanguage && !IsCoreType(type!))
        {
            const string Message = "Cannot create type. Only core types are supported in this language mode.";
            Fail(new PSNotSupportedException(Message), "CannotCreateTypeConstrainedLanguage", ErrorCategory.PermissionDenied);
        }
        var made = isBag ? new PSObject() : PSObject.AsPSObject(Construct(type!));
        foreach (DictionaryEntry entry in Property ?? new Hashtable())
        {
            var name = entry.Key.ToString()!;
            if (made.Properties[name] is { } known)
            {
                known.Value = entry.Value;
            }
            else
            {
                made.Properties.Add(new PSNoteProperty(name, entry.Value));
            }
        }
        WriteObject(made);
    }

    private static bool IsCoreType(Type type) =>
        type.IsPrimitive
        || type == typeof(string) || type == typeof(decimal) || type == typeof(DateTime) || type == typeof(TimeSpan)
        || type == typeof(Guid) || type == typeof(Uri) || type == typeof(Version) || type == typeof(Hashtable)
        || (type.IsArray && IsCoreType(type.GetElementType()!));

    private object Construct(Type type)
    {
        var arguments = ArgumentList.Select(argument => argument is PSObject { BaseObject: not PSCustomObject } bag ? bag.BaseObject : argument).ToArray();
        try
        {
            return type.IsArray
                ? Array.CreateInstance(type.GetElementType()!, LanguagePrimitives.ConvertTo<int>(arguments[0]))
                : Activator.CreateInstance(type, arguments)!;
        }
        catch (Exception error) when (error is not PipelineStoppedException)
        {
            Fail(error.InnerException ?? error, "ConstructorInvokedThrowException", ErrorCategory.InvalidOperation);
            throw;
        }
    }

    private void Fail(Exception exception, string id, ErrorCategory category) =>
        ThrowTerminatingError(new ErrorRecord(exception, id, category, TypeName));
}
