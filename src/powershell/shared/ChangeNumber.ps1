# The place of a change among all of its cluster, as far as its page and this node knew them: clocks can be set back.
# 0: kept by a version that gave none, since the last change that had one.
function Get-ChangeNumber([string] $Path) {
    foreach ($file in 'number.json', 'begin.json', 'snapshot.json') {
        $text = ''
        try { if (Test-Path -LiteralPath "$Path\$file") { $text = [string](Get-Content -LiteralPath "$Path\$file" -Raw -ErrorAction Stop) } }
        catch { $text = '' }
        if ($text -cmatch '"number":([0-9]{1,15})[,}]') { return [long]$Matches[1] }
    }
    return [long]0
}
