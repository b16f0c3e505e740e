# A change that is bound to what was seen, and can be taken back.

$store = "$env:ProgramData\OutboundConnectivity\Proxy"
$kept = 10

# Names keep their case in the registry, and programs from elsewhere may look for no_proxy only. '' for a value that is not there.
function Get-StoredName([string] $Id) {
    $key, $name = $places[$Id]
    if (-not (Test-Path -LiteralPath $key)) { return '' }
    foreach ($item in @(Get-ItemProperty -LiteralPath $key -ErrorAction Stop)) {
        $property = $item.PSObject.Properties[$name]
        if ($null -ne $property) { return $property.Name }
    }
    return ''
}

# How a value was spelled when it was last kept with this very content, '' where no copy tells.
function Get-KeptName([string] $Line) {
    $id = @($Line -split '=', 2)[0]
    foreach ($copy in @(Get-KeptCopies)) {
        if ($copy.values -cnotcontains $Line) { continue }
        foreach ($each in $copy.names) {
            $of, $name = $each -split '=', 2
            if ($of -ceq $id -and $name -eq $places[$id][1]) { return $name }
        }
    }
    return ''
}

# What copies hold, the newest first. One that is damaged, or made by a version that kept no names, tells nothing.
function Get-KeptCopies {
    $folders = @(Get-ChildItem -LiteralPath $store | Where-Object { Test-Path -LiteralPath "$($_.FullName)\snapshot.json" } |
        ForEach-Object { New-Object -TypeName psobject -Property @{ path = $_.FullName; number = Get-ChangeNumber $_.FullName } })
    foreach ($each in @($folders | Sort-Object -Property number -Descending)) {
        try { $copy = ConvertFrom-Json -InputObject ([string](Get-Content -LiteralPath "$($each.path)\snapshot.json" -Raw -ErrorAction Stop)) }
        catch { continue }
        if ($null -eq $copy -or $null -eq $copy.PSObject.Properties['names'] -or $null -eq $copy.PSObject.Properties['values']) { continue }
        @{ values = @($copy.values); names = @($copy.names) }
    }
}

# Writes one line 'id=value' so that it is stored as it was read.
function Set-RawValue([string] $Line) {
    $id, $value = $Line -split '=', 2
    $key, $name = $places[$id]
    if ($value -ceq 'absent') {
        if ((Get-RawValue $id) -cne 'absent') { Remove-ItemProperty -LiteralPath $key -Name $name -ErrorAction Stop }
        return
    }
    $stored, $spelled = (Get-StoredName $id), (Get-KeptName $Line)
    if ($spelled -cne '') {
        $name = $spelled
        if ($stored -cne '' -and $stored -cne $spelled) { Remove-ItemProperty -LiteralPath $key -Name $stored -ErrorAction Stop }
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

# Of lines 'id=value'.
function Get-LineId([string[]] $Lines) {
    foreach ($line in @($Lines)) { @($line -split '=', 2)[0] }
}

function Test-RawValueLine([string] $Line) {
    $id, $value = $Line -split '=', 2
    if (-not $places.ContainsKey($id)) { return $false }
    # A number that does not fit would end the command half-way.
    if ($value -cmatch '\ADWord\|(0|-?[1-9][0-9]{0,9})\z') { return $null -ne ($Matches[1] -as [int]) }
    if ($value -cmatch '\AQWord\|(0|-?[1-9][0-9]{0,18})\z') { return $null -ne ($Matches[1] -as [long]) }
    return $value -cmatch '\A(absent|Binary\|([0-9a-f]{2})*|(Multi|Expand)?String\|[^\0]*)\z'
}

# Administrators and SYSTEM only, whoever made the folder before.
function Protect-Store {
    New-Item -ItemType Directory -Path $store -Force -ErrorAction Stop | Out-Null
    icacls.exe $store /setowner '*S-1-5-32-544' /T /C /Q | Out-Null
    icacls.exe $store /inheritance:r /grant:r '*S-1-5-32-544:(OI)(CI)F' '*S-1-5-18:(OI)(CI)F' /Q | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "icacls ended with $LASTEXITCODE" }
}

# Takes the change for this command and keeps every value, before anything is written. 'user.*' stands for all of these.
function Open-Change([string[]] $Touched) {
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
    # A gateway that restarts stops the command, which no catch sees: without a copy nothing was written, and the change is none.
    $isKept = $false
    try {
        $running = Get-NextNumber
        # Who writes: a command whose process is gone writes no more, although it never told its end.
        $started = (Get-Process -Id $PID).StartTime.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ')
        Set-Content -LiteralPath "$folder\begin.json" -Value "{`"process`":$PID,`"started`":`"$started`",`"number`":$running}" -Encoding UTF8 -ErrorAction Stop
        $before = @(Get-RawValueLines)
        if (($before -join "`0") -cne (@($Expected) -join "`0")) {
            throw 'state-changed: The settings are not what they were when the change was shown.'
        }
        foreach ($line in $before) {
            $id, $value = $line -split '=', 2
            if ($value -clike 'Other|*' -and @($Touched | Where-Object { $id -clike $_ }).Count -gt 0) {
                throw "not-restorable: $($places[$id] -join '\') is of a kind that could not be put back: $value"
            }
        }
        $snapshot = @{
            format = 2
            number = $running
            when   = (Get-Date).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ')
            who    = "$env:USERDOMAIN\$env:USERNAME"
            note   = $Note
            values = $before
            names  = @($order | ForEach-Object { $name = Get-StoredName $_; if ($name -cne '') { "$_=$name" } })
        }
        ConvertTo-Json -InputObject $snapshot -Compress | Set-Content -LiteralPath "$folder\snapshot.json" -Encoding UTF8 -ErrorAction Stop
        $isKept = $true
    }
    catch {
        if ($_.Exception.Message -cmatch '\A(state-changed|not-restorable):') { throw }
        throw "snapshot-failed: $($_.Exception.Message)"
    }
    finally { if (-not $isKept) { Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction SilentlyContinue } }
}

# Neither the names, which browsers make, nor the node's clock tell what came first: numbers do. What an earlier version
# kept came before this change; it gets its numbers now, in the order of its files.
function Get-NextNumber {
    $last = [long]0
    $without = @()
    foreach ($each in @(Get-ChildItem -LiteralPath $store | Where-Object { $_.PSIsContainer -and $_.Name -cne $Change })) {
        $path = $each.FullName
        $files = @("$path\snapshot.json", "$path\begin.json" | Where-Object { Test-Path -LiteralPath $_ })
        if ($files.Count -eq 0) { continue }
        $known = Get-ChangeNumber $path
        if ($known -gt $last) { $last = $known }
        if ($known -eq 0) { $without += New-Object -TypeName psobject -Property @{ path = $path; written = (Get-Item -LiteralPath $files[0]).LastWriteTimeUtc } }
    }
    foreach ($each in @($without | Sort-Object -Property written, path)) {
        $last = $last + 1
        Set-Content -LiteralPath "$($each.path)\number.json" -Value "{`"number`":$last}" -Encoding UTF8 -ErrorAction SilentlyContinue
    }
    # A number out of all proportion would leave no room for those after it.
    if ($Number -gt $last -and $Number -lt 1000000000000) { return $Number }
    return $last + 1
}

# The very first state stays, whatever comes after; what was closed before it began holds no state, and is kept apart.
function Limit-Kept {
    $taken = @(); $closed = @(); $hasFirst = $false
    foreach ($each in @(Get-ChildItem -LiteralPath $store | Where-Object { $_.PSIsContainer })) {
        $path = $each.FullName
        if (Test-Path -LiteralPath "$path\closed.json") { $closed += $each }
        elseif (Test-Path -LiteralPath "$path\first.json") { $hasFirst = $true }
        elseif ($each.Name -ceq $Change) { continue }
        elseif (Test-Path -LiteralPath "$path\snapshot.json") {
            $taken += New-Object -TypeName psobject -Property @{ path = $path; number = Get-ChangeNumber $path }
        }
    }
    $taken = @($taken | Sort-Object -Property number, path)
    $closed = @($closed | Sort-Object -Property Name)
    if (-not $hasFirst) {
        $first = "$store\$Change"
        if ($taken.Count -gt 0) { $first = $taken[0].path; $taken = @($taken | Select-Object -Skip 1) }
        Set-Content -LiteralPath "$first\first.json" -Value '{"first":true}' -Encoding UTF8 -ErrorAction SilentlyContinue
    }
    $gone = @()
    if ($taken.Count -ge $kept) { $gone += @($taken[0..($taken.Count - $kept)] | ForEach-Object { $_.path }) }
    if ($closed.Count -gt $kept) { $gone += @($closed[0..($closed.Count - $kept - 1)] | ForEach-Object { $_.FullName }) }
    foreach ($old in $gone) { Remove-Item -LiteralPath $old -Recurse -Force -ErrorAction SilentlyContinue }
}

# This command writes no more, however it ended.
function Complete-Change {
    Set-Content -LiteralPath "$store\$Change\end.json" -Value '{"ended":true}' -Encoding UTF8 -ErrorAction SilentlyContinue
}
