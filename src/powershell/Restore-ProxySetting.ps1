<#
.SYNOPSIS
    Gives this node values of its proxy settings back, to the byte.
.DESCRIPTION
    Compares everything that a change of the proxy can touch with -Expected, keeps it under
    ProgramData\OutboundConnectivity\Proxy, and writes -Values: kind and data of each as it was read, absent ones removed.
    Fails with a message that starts with one of these codes: snapshot-failed, state-changed, change-closed,
    invalid-value, restore-failed.
.PARAMETER Change
    Name of the change, for example 20261126T101500Z-ab12cd34; the folder that keeps it has this name.
.PARAMETER Note
    JSON text that is kept with the change.
.PARAMETER Expected
    Every value as it was shown, in the order of Get-ProxySetting.
.PARAMETER Values
    Values to write, 'id=value'; 'id=absent' removes one.
.NOTES
    Language: constrained
.ROLE
    Administrators
#>
[CmdletBinding()]
param(
    # The name of this change.
    [string] $Change = '',
    # What the tool wants to find again in the history.
    [string] $Note = '',
    # The values that the administrator saw, 'id=value' each.
    [string[]] $Expected = @(),
    # Values to write, 'id=value' each.
    [string[]] $Values = @()
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

# --- A change that is bound to what was seen, and can be taken back: the same text in Set-, Remove- and Restore-ProxySetting

# Every value that a change of the proxy can touch; Get-, Set-, Remove- and Restore-ProxySetting hold the same table.
$internet = 'SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings'
$environment = 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager\Environment'
$places = @{
    'policy'          = @('HKLM:\SOFTWARE\Policies\Microsoft\Windows\CurrentVersion\Internet Settings', 'ProxySettingsPerUser')
    'machine.default' = @("HKLM:\$internet\Connections", 'DefaultConnectionSettings')
    'machine.legacy'  = @("HKLM:\$internet\Connections", 'SavedLegacySettings')
    'machine.migrate' = @("HKLM:\$internet", 'MigrateProxy')
    'winhttp'         = @("HKLM:\$internet\Connections", 'WinHttpSettings')
    'winhttp32'       = @('HKLM:\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Internet Settings\Connections', 'WinHttpSettings')
    'env.HTTP_PROXY'  = @($environment, 'HTTP_PROXY')
    'env.HTTPS_PROXY' = @($environment, 'HTTPS_PROXY')
    'env.NO_PROXY'    = @($environment, 'NO_PROXY')
    'user.default'    = @("HKCU:\$internet\Connections", 'DefaultConnectionSettings')
    'user.legacy'     = @("HKCU:\$internet\Connections", 'SavedLegacySettings')
    'user.migrate'    = @("HKCU:\$internet", 'MigrateProxy')
}
$order = @(
    'policy', 'machine.default', 'machine.legacy', 'machine.migrate', 'winhttp', 'winhttp32',
    'env.HTTP_PROXY', 'env.HTTPS_PROXY', 'env.NO_PROXY', 'user.default', 'user.legacy', 'user.migrate'
)

# The registry provider tells no kind and fills variables in; reg.exe does neither.
function Get-RawText([string] $Key, [string] $Name, [string] $Text) {
    foreach ($line in @(reg.exe query ($Key -replace ':', '') /v $Name)) {
        if ($line -match '\s{4}REG_EXPAND_SZ\s{4}(.*)\z') { return "ExpandString|$($Matches[1])" }
    }
    return "String|$Text"
}

# 'absent', or kind and data: 'Binary|4600...', 'DWord|0', 'String|...'.
function Get-RawValue([string] $Id) {
    $key, $name = $places[$Id]
    if (-not (Test-Path -LiteralPath $key)) { return 'absent' }
    foreach ($item in @(Get-ItemProperty -LiteralPath $key -ErrorAction Stop)) {
        $property = $item.PSObject.Properties[$name]
        if ($null -eq $property) { continue }
        $value = $property.Value
        if ($value -is [byte[]]) { return 'Binary|' + (-join @($value | ForEach-Object { '{0:x2}' -f $_ })) }
        if ($value -is [int]) { return "DWord|$value" }
        if ($value -is [long]) { return "QWord|$value" }
        if ($value -is [string[]]) { return 'MultiString|' + ($value -join "`n") }
        return Get-RawText $key $name ([string]$value)
    }
    return 'absent'
}

function Get-RawValueLines {
    foreach ($id in $order) { "$id=$(Get-RawValue $id)" }
}

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
    # What was closed before it began holds no state, and is kept apart.
    $taken = @(); $closed = @()
    foreach ($each in @(Get-ChildItem -LiteralPath $store | Where-Object { $_.PSIsContainer })) {
        if (Test-Path -LiteralPath "$($each.FullName)\closed.json") { $closed += $each }
        elseif (Test-Path -LiteralPath "$($each.FullName)\snapshot.json") { $taken += Get-Item -LiteralPath "$($each.FullName)\snapshot.json" }
    }
    $taken = @($taken | Sort-Object -Property LastWriteTimeUtc, FullName)
    $closed = @($closed | Sort-Object -Property Name)
    $gone = @()
    if ($taken.Count -gt $kept + 1) { $gone += @($taken[1..($taken.Count - $kept - 1)] | ForEach-Object { $_.DirectoryName }) }
    if ($closed.Count -gt $kept) { $gone += @($closed[0..($closed.Count - $kept - 1)] | ForEach-Object { $_.FullName }) }
    foreach ($old in $gone) { Remove-Item -LiteralPath $old -Recurse -Force -ErrorAction SilentlyContinue }
}

# This command writes no more, however it ended.
function Complete-Change {
    Set-Content -LiteralPath "$store\$Change\end.json" -Value '{"ended":true}' -Encoding UTF8 -ErrorAction SilentlyContinue
}

Open-Change
try { foreach ($line in $Values) { Set-RawValue $line } }
catch { throw "restore-failed: $($_.Exception.Message)" }
finally { Complete-Change }

New-Object -TypeName psobject -Property @{
    computerName = [string]$env:COMPUTERNAME
    action       = 'restore'
    written      = @($Values).Count
}
