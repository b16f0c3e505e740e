using System.Reflection;

namespace OutboundConnectivity.PowerShellCheck.Framework;

/// <summary>Public types and members of .NET Framework 4.7.2 and Windows PowerShell 5.1, from their reference assemblies.</summary>
internal sealed class FrameworkCatalog : IDisposable
{
    /// <summary>What a 5.1 session has loaded by itself.</summary>
    private static readonly string[] Loaded = ["mscorlib", "System", "System.Core", "System.Management.Automation", "System.Numerics", "System.Xml"];

    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly MetadataLoadContext context;
    private readonly Dictionary<string, Type> types = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lazy<Dictionary<string, ArgumentCounts>> anyMethod;

    private FrameworkCatalog(MetadataLoadContext context)
    {
        this.context = context;
        foreach (var type in Loaded.SelectMany(name => context.LoadFromAssemblyName(name).GetExportedTypes()))
        {
            types.TryAdd(type.FullName!, type);
        }
        anyMethod = new(CollectMethods);
    }

    public static FrameworkCatalog Load(string folder) =>
        new(new MetadataLoadContext(new PathAssemblyResolver(Directory.GetFiles(folder, "*.dll")), "mscorlib"));

    public void Dispose() => context.Dispose();

    /// <summary>By full name, or without the leading <c>System.</c> as PowerShell allows; generic types with their arity.</summary>
    public Type? Find(string name) => types.GetValueOrDefault(name) ?? types.GetValueOrDefault($"System.{name}");

    /// <summary>The type of 4.7.2 that a type of this process stands for.</summary>
    public Type? Counterpart(Type type)
    {
        if (type.IsArray)
        {
            return types["System.Array"];
        }
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return definition.FullName is { } name ? types.GetValueOrDefault(name) : null;
    }

    /// <param name="type">a type of this catalog</param>
    /// <param name="name">name of the member, in any case</param>
    /// <param name="isStatic">whether it is used on the type itself</param>
    /// <param name="arguments">number of arguments of a call; null: no call</param>
    public static bool HasMember(Type type, string name, bool isStatic, int? arguments)
    {
        var flags = (isStatic ? BindingFlags.Static : BindingFlags.Instance) | BindingFlags.Public | BindingFlags.IgnoreCase | BindingFlags.DeclaredOnly;
        return Lineage(type).SelectMany(level => level.GetMember(name, flags)).Any(member => arguments is null || (member is MethodBase method && ArgumentCounts.Of(method).Allow(arguments.Value)));
    }

    public static bool HasConstructor(Type type, int arguments) =>
        (type.IsValueType && arguments == 0) || type.GetConstructors().Any(constructor => ArgumentCounts.Of(constructor).Allow(arguments));

    /// <summary>Whether any type has such a method: all that can be said when the type is not known.</summary>
    public bool AnyMethod(string name, int arguments) => anyMethod.Value.TryGetValue(name, out var counts) && counts.Allow(arguments);

    private static IEnumerable<Type> Lineage(Type type)
    {
        for (var level = type; level is not null; level = level.BaseType)
        {
            yield return level;
        }
        foreach (var contract in type.GetInterfaces())
        {
            yield return contract;
        }
        if (type.IsInterface)
        {
            yield return type.Assembly.GetType("System.Object") ?? typeof(object);
        }
    }

    private Dictionary<string, ArgumentCounts> CollectMethods()
    {
        var methods = new Dictionary<string, ArgumentCounts>(StringComparer.OrdinalIgnoreCase);
        foreach (var method in types.Values.SelectMany(type => type.GetMethods(Declared)))
        {
            var counts = ArgumentCounts.Of(method);
            methods[method.Name] = methods.TryGetValue(method.Name, out var known) ? known.Or(counts) : counts;
        }
        return methods;
    }
}
