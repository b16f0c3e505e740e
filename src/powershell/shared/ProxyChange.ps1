# A change that is bound to what was seen, and can be taken back.

$store = "$env:ProgramData\OutboundConnectivity\Proxy"
$kept = 10

# Writes one line 'id=value' so that it is stored as it was read.
function Set-RawValue([string] $Line) {
    $id, $value = $Line -split '=', 2
    $key, $name = $places[$id]
    if ($value -ceq 'absent') {
        if ((Get-RawValue $id) -cne 'absent') { Remove-ItemProperty -LiteralPath $key -Name $name -ErrorAction Stop }
        return
    }
    $kind, $data = $value -split '\|', 2
    switch -CaseSensitive ($kind) {
        'Binary' { $data = [byte[]]@(for ($i = 0; $i -lt $data.Length; $i += 2) { [byte]"0x$($data.Substring($i, 2))" }) }
        'DWord' { $data = [int]$data }
        'QWord' { $data = [long]$data }
        'MultiString' { $data = [string[]]($data -split "`n") }
    }
    if (-not (Test-Path -LiteralPath $key)) { New-Item -Path $key -Force -ErrorAction Stop | Out-Null }
    # Windows keeps the kind of a value that is there, unless it is made anew.
    New-ItemProperty -LiteralPath $key -Name $name -Value $data -PropertyType $kind -Force -ErrorAction Stop | Out-Null
}

function Test-RawValueLine([string] $Line) {
    $id, $value = $Line -split '=', 2
    return $places.ContainsKey($id) -and
        $value -cmatch '\A(absent|Binary\|([0-9a-f]{2})*|DWord\|-?[0-9]{1,10}|QWord\|-?[0-9]{1,19}|(Multi|Expand)?String\|[\s\S]*)\z'
}

# Administrators and SYSTEM only, whoever made the folder before.
function Protect-Store {
    New-Item -ItemType Directory -Path $store -Force -ErrorAction Stop | Out-Null
    icacls.exe $store /setowner '*S-1-5-32-544' /T /C /Q | Out-Null
    icacls.exe $store /inheritance:r /grant:r '*S-1-5-32-544:(OI)(CI)F' '*S-1-5-18:(OI)(CI)F' /Q | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "icacls ended with $LASTEXITCODE" }
}

# Takes the change for this command and keeps every value, before anything is written.
function Open-Change {
    if ($Change -cnotmatch '\A[0-9]{8}T[0-9]{6}Z-[0-9a-z]{6,12}\z') { throw 'invalid-value: The change has no proper name.' }
    foreach ($line in @($Values)) { if (-not (Test-RawValueLine $line)) { throw 'invalid-value: A value is not as this command writes it.' } }
    $folder = "$store\$Change"
    try { Protect-Store } catch { throw "snapshot-failed: $($_.Exception.Message)" }
    # Only one of a command and the closing of its change can make this folder.
    try { New-Item -ItemType Directory -Path $folder -ErrorAction Stop | Out-Null }
    catch {
        if (Test-Path -LiteralPath $folder) { throw 'change-closed: The change was closed before this command began.' }
        throw "snapshot-failed: $($_.Exception.Message)"
    }
    try {
        # Who writes: a command whose process is gone writes no more, although it never told its end.
        $started = (Get-Process -Id $PID).StartTime.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ')
        Set-Content -LiteralPath "$folder\begin.json" -Value "{`"process`":$PID,`"started`":`"$started`"}" -Encoding UTF8 -ErrorAction Stop
        $before = @(Get-RawValueLines)
        if (($before -join "`0") -cne (@($Expected) -join "`0")) {
            throw 'state-changed: The settings are not what they were when the change was shown.'
        }
        $snapshot = @{
            when   = (Get-Date).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ')
            who    = "$env:USERDOMAIN\$env:USERNAME"
            note   = $Note
            values = $before
        }
        ConvertTo-Json -InputObject $snapshot -Compress | Set-Content -LiteralPath "$folder\snapshot.json" -Encoding UTF8 -ErrorAction Stop
    }
    catch {
        Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction SilentlyContinue
        if ($_.Exception.Message -cmatch '\Astate-changed:') { throw }
        throw "snapshot-failed: $($_.Exception.Message)"
    }
    # The very first state stays, whatever comes after. Names come from browsers, whose clocks differ; the node's own counts.
    # That one may be set back, so the first is marked. What was closed before it began holds no state, and is kept apart.
    $taken = @(); $closed = @(); $hasFirst = $false
    foreach ($each in @(Get-ChildItem -LiteralPath $store | Where-Object { $_.PSIsContainer })) {
        if (Test-Path -LiteralPath "$($each.FullName)\closed.json") { $closed += $each }
        elseif (Test-Path -LiteralPath "$($each.FullName)\first.json") { $hasFirst = $true }
        elseif ($each.Name -ceq $Change) { continue }
        elseif (Test-Path -LiteralPath "$($each.FullName)\snapshot.json") { $taken += Get-Item -LiteralPath "$($each.FullName)\snapshot.json" }
    }
    $taken = @($taken | Sort-Object -Property LastWriteTimeUtc, FullName)
    $closed = @($closed | Sort-Object -Property Name)
    if (-not $hasFirst) {
        $first = $folder
        if ($taken.Count -gt 0) { $first = $taken[0].DirectoryName; $taken = @($taken | Select-Object -Skip 1) }
        Set-Content -LiteralPath "$first\first.json" -Value '{"first":true}' -Encoding UTF8 -ErrorAction SilentlyContinue
    }
    $gone = @()
    if ($taken.Count -ge $kept) { $gone += @($taken[0..($taken.Count - $kept)] | ForEach-Object { $_.DirectoryName }) }
    if ($closed.Count -gt $kept) { $gone += @($closed[0..($closed.Count - $kept - 1)] | ForEach-Object { $_.FullName }) }
    foreach ($old in $gone) { Remove-Item -LiteralPath $old -Recurse -Force -ErrorAction SilentlyContinue }
}

# This command writes no more, however it ended.
function Complete-Change {
    Set-Content -LiteralPath "$store\$Change\end.json" -Value '{"ended":true}' -Encoding UTF8 -ErrorAction SilentlyContinue
}
