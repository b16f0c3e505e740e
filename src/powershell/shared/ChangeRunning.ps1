# Whether a change's command may still write: it has not told its end, and its process is there. Where the process is not
# known, or not to be read, for an hour.
function Test-ChangeRunning([string] $Path) {
    if (Test-Path -LiteralPath "$Path\end.json") { return $false }
    $text = ''
    try { if (Test-Path -LiteralPath "$Path\begin.json") { $text = [string](Get-Content -LiteralPath "$Path\begin.json" -Raw -ErrorAction Stop) } }
    catch { $text = '' }
    if ($text -cnotmatch '"process":([0-9]{1,10}),"started":"([0-9TZ:-]{20})"') {
        return (Get-Item -LiteralPath $Path).LastWriteTimeUtc -gt (Get-Date).ToUniversalTime().AddHours(-1)
    }
    $id, $started = $Matches[1], $Matches[2]
    foreach ($process in @(Get-Process -Id $id -ErrorAction SilentlyContinue)) {
        # The system may have given the number to another one since. Two readings of a start can differ by a moment.
        $begin = $process.StartTime
        if ($null -eq $begin) { return $true }
        foreach ($seconds in -1, 0, 1) {
            if ($begin.ToUniversalTime().AddSeconds($seconds).ToString('yyyy-MM-ddTHH:mm:ssZ') -ceq $started) { return $true }
        }
    }
    return $false
}
