using System.Management.Automation.Language;

namespace OutboundConnectivity.PowerShellCheck;

/// <summary>A script as text, tokens and syntax tree. The tree is there even when the text has errors.</summary>
internal sealed record Script(string File, string Text, ScriptBlockAst Ast, IReadOnlyList<Token> Tokens, IReadOnlyList<ParseError> Errors)
{
    public static Script Read(string file)
    {
        var text = System.IO.File.ReadAllText(file);
        var ast = Parser.ParseInput(text, file, out var tokens, out var errors);
        return new Script(file, text, ast, tokens, errors);
    }

    /// <summary>All parts of the tree of one kind, nested script blocks too.</summary>
    public IEnumerable<T> All<T>()
        where T : Ast => Ast.FindAll(part => part is T, searchNestedScriptBlocks: true).Cast<T>();
}
