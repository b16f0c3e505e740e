using System.Management.Automation.Language;

namespace OutboundConnectivity.PowerShellCheck.Rules;

/// <summary>Constructs that came after 5.1.</summary>
internal sealed class SyntaxRule : Rule
{
    public override string Name => "syntax";

    public override IEnumerable<Finding> Check(Script script)
    {
        foreach (var part in script.All<Ast>())
        {
            if (Newer(part) is { } construct)
            {
                yield return At(part.Extent, $"{construct} is not in Windows PowerShell 5.1");
            }
        }
        Token? before = null;
        foreach (var token in script.Tokens.Where(token => token.Kind != TokenKind.Comment))
        {
            if (token.Kind == TokenKind.Pipe && before?.Kind == TokenKind.NewLine)
            {
                yield return At(token.Extent, "a line that begins with | is not in Windows PowerShell 5.1: end the line before with it");
            }
            before = token;
        }
    }

    private static string? Newer(Ast part) => part switch
    {
        TernaryExpressionAst => "the ternary operator",
        PipelineChainAst => "&& or ||",
        BinaryExpressionAst { Operator: TokenKind.QuestionQuestion } => "??",
        AssignmentStatementAst { Operator: TokenKind.QuestionQuestionEquals } => "??=",
        IndexExpressionAst { NullConditional: true } => "?[]",
        InvokeMemberExpressionAst { GenericTypeArguments.Count: > 0 } => "a generic method argument",
        MemberExpressionAst { NullConditional: true } => "?.",
        PipelineAst { Background: true } => "& at the end of a pipeline",
        ScriptBlockAst { CleanBlock: not null } => "a clean block",
        _ => null,
    };
}
