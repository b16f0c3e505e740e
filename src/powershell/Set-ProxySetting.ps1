<#
.SYNOPSIS
    Sets the machine-wide WinINet proxy of this node.
.DESCRIPTION
    Checks both values again on the node and runs
    Set-WinInetProxy -ProxySettingsPerUser 0 -ProxyServer <Server> [-ProxyBypass <entry;entry>].
    Where scripts run in the constrained language and the module cannot work, the values that it would have written are
    written to the registry by Windows' own commands; the field by of the answer says which way it was: module, commands.
    With -Change, everything that the command can touch is first compared with -Expected and kept under
    ProgramData\OutboundConnectivity\Proxy; then the account's own settings are left as they were, and -Values are written.
    Fails with a message that starts with one of these codes: invalid-server, invalid-bypass, module-missing,
    module-not-loaded, snapshot-failed,
    state-changed, change-closed, invalid-value, set-failed.
.PARAMETER Server
    host:port, with or without http:// before it; the host is a DNS name, an IPv4 address, or an IPv6 address in brackets.
    Or one for each protocol: http=host:port;https=host:port.
.PARAMETER Bypass
    Hosts that are reached without the proxy; * stands for any characters.
.PARAMETER Change
    Name of the change, for example 20261126T101500Z-ab12cd34; the folder that keeps it has this name.
.PARAMETER Note
    JSON text that is kept with the change.
.PARAMETER Expected
    Every value as it was shown, in the order of Get-ProxySetting.
.PARAMETER Values
    Values to write, 'id=value'; 'id=absent' removes one.
.PARAMETER WinHttp
    set or direct: WinHTTP too.
.PARAMETER RestartAgent
    Restarts himds, ExtensionService and GCArcService.
.NOTES
    Language: constrained
.ROLE
    Administrators
#>
[CmdletBinding()]
param(
    [string] $Server,
    [string[]] $Bypass = @(),
    # The name of this change; without it nothing is compared and kept.
    [string] $Change = '',
    # What the tool wants to find again in the history.
    [string] $Note = '',
    # The values that the administrator saw, 'id=value' each.
    [string[]] $Expected = @(),
    # Values to write afterwards, 'id=value' each.
    [string[]] $Values = @(),
    # 'set' gives WinHTTP the same proxy, 'direct' takes it away, anything else leaves it.
    [string] $WinHttp = '',
    # Restart the Arc agent's services, so that they see the environment.
    [bool] $RestartAgent = $false
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

# Comparisons are case-sensitive and end with \z on purpose: -match would take a Kelvin sign for a k, and $ a
# trailing line break for the end.
function Test-HostName([string] $Name) {
    if ($Name.Length -gt 253) { return $false }
    if ($Name -cmatch '\A[0-9.]+\z') {
        $parts = @($Name -split '\.')
        return $parts.Count -eq 4 -and @($parts | Where-Object { $_ -cnotmatch '\A(0|[1-9][0-9]{0,2})\z' -or [int]$_ -gt 255 }).Count -eq 0
    }
    return $Name -cmatch '\A([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\z'
}

function Test-Ipv6([string] $Text) {
    if ($Text -cnotmatch '\A\[[0-9A-Fa-f:.]{2,45}\]\z') { return $false }
    $address = $Text.Trim('[', ']') -as [ipaddress]
    return $null -ne $address -and [string]$address.AddressFamily -eq 'InterNetworkV6'
}

function Test-OneServer([string] $Text) {
    if ($Text -cnotmatch '\A(?:http://)?(.+):([1-9][0-9]{0,4})\z') { return $false }
    $name = $Matches[1]
    if ([int]$Matches[2] -gt 65535) { return $false }
    return (Test-HostName $name) -or (Test-Ipv6 $name)
}

# One for all, or one for each of HTTP and HTTPS.
function Test-Server([string] $Text) {
    if ($Text -cnotmatch '\Ahttps?=') { return Test-OneServer $Text }
    $seen = @()
    foreach ($part in @($Text -split ';')) {
        if ($part -cnotmatch '\A(https?)=(.+)\z' -or $seen -ccontains $Matches[1]) { return $false }
        $seen += $Matches[1]
        if (-not (Test-OneServer $Matches[2])) { return $false }
    }
    return $true
}

# Digits alone are an address, or nothing that would ever be met, as a range from-to is.
function Test-BypassEntry([string] $Text) {
    if ($Text -cmatch '\A[0-9.]+\z') { return Test-HostName $Text }
    if ($Text -cmatch '\A[0-9]+(?:\.[0-9]+){3}-[0-9.]+\z') { return $false }
    return ($Text.Length -le 253 -and $Text -cmatch '\A[A-Za-z0-9*._-]+\z') -or (Test-Ipv6 $Text)
}

if (-not (Test-Server $Server)) { throw 'invalid-server: The proxy server is not host:port, nor one of these for each of http and https.' }
$entries = @($Bypass | Where-Object { $null -ne $_ })
foreach ($entry in $entries) {
    if (-not (Test-BypassEntry $entry)) { throw 'invalid-bypass: An entry of the bypass list is not a host name, an address or a pattern with *.' }
}

$module = @{ refused = $false; by = 'module' }

# Whether an error is the constrained language's own refusal; the identifiers do not depend on the system's language.
function Test-Refusal($ErrorRecord) {
    return $ErrorRecord.FullyQualifiedErrorId -match 'ConstrainedLanguage|CannotDefineNewType|OnlyToCoreTypes|LanguageMode'
}

function Set-ByModule {
    if (@(Get-Module -ListAvailable -Name 'WinInetProxy').Count -eq 0) {
        throw 'module-missing: The PowerShell module WinInetProxy is not installed on this node.'
    }
    try { Import-Module -Name 'WinInetProxy' -ErrorAction Stop | Out-Null }
    catch {
        $module.refused = Test-Refusal $_
        throw "module-not-loaded: $($_.Exception.Message)"
    }

    $arguments = @{ ProxySettingsPerUser = 0; ProxyServer = $Server }
    if ($entries.Count -gt 0) { $arguments['ProxyBypass'] = $entries -join ';' }

    # The module takes what is not given from variables of the same name: a left-over must not decide.
    $kept = @{
        Server = $env:ProxyServer; Bypass = $env:ProxyBypass; PerUser = $env:ProxySettingsPerUser
        Detect = $env:AutoDetect; ScriptUrl = $env:AutoConfigURL; Pac = $env:PACUrl
    }
    $env:ProxyServer = $env:ProxyBypass = $env:ProxySettingsPerUser = $env:AutoDetect = $env:AutoConfigURL = $env:PACUrl = $null
    try { Set-WinInetProxy @arguments | Out-Null }
    catch {
        $module.refused = Test-Refusal $_
        throw "set-failed: $($_.Exception.Message)"
    }
    finally {
        $env:ProxyServer = $kept.Server
        $env:ProxyBypass = $kept.Bypass
        $env:ProxySettingsPerUser = $kept.PerUser
        $env:AutoDetect = $kept.Detect
        $env:AutoConfigURL = $kept.ScriptUrl
        $env:PACUrl = $kept.Pac
    }
}

# --- The same values by Windows' own commands, for nodes whose policy does not let the module run

$settingsKey = 'SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings'
$policyKey = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\CurrentVersion\Internet Settings'

function ConvertTo-NumberBytes([long] $Value) {
    foreach ($divisor in 1, 256, 65536, 16777216) { (($Value - $Value % $divisor) / $divisor) % 256 }
}

function ConvertTo-TextBytes([string] $Text) {
    ConvertTo-NumberBytes $Text.Length
    if ($Text) { foreach ($letter in [char[]]$Text) { [int]$letter } }
}

# What WinINet raises at each change; programs compare it.
function Get-ChangeCounter([string] $Key) {
    if (-not (Test-Path -LiteralPath $Key)) { return 0 }
    $property = (Get-ItemProperty -LiteralPath $Key -ErrorAction Stop).PSObject.Properties['DefaultConnectionSettings']
    if ($null -eq $property -or $property.Value -isnot [byte[]] -or $property.Value.Length -lt 8) { return 0 }
    $bytes = $property.Value
    return [long]$bytes[4] + 256 * $bytes[5] + 65536 * $bytes[6] + 16777216 * [long]$bytes[7]
}

# The layout that Get-ProxySetting reads: version, counter, flags, server, bypass list, script address, 32 zeros.
function Write-ConnectionSettings([string] $Drive, [string] $ProxyServer, [string] $ProxyBypass) {
    $key = "${Drive}:\$settingsKey\Connections"
    if (-not (Test-Path -LiteralPath $key)) { New-Item -Path $key -Force -ErrorAction Stop | Out-Null }
    $flags = 1
    if ($ProxyServer) { $flags = 3 }
    $counter = ((Get-ChangeCounter $key) + 1) % 4294967296
    $blob = [byte[]]@(
        ConvertTo-NumberBytes 0x46
        ConvertTo-NumberBytes $counter
        ConvertTo-NumberBytes $flags
        ConvertTo-TextBytes $ProxyServer
        ConvertTo-TextBytes $ProxyBypass
        ConvertTo-TextBytes ''
        @(0) * 32
    )
    foreach ($name in 'DefaultConnectionSettings', 'SavedLegacySettings') {
        Set-ItemProperty -LiteralPath $key -Name $name -Value $blob -Type 'Binary' -ErrorAction Stop
    }
    Set-ItemProperty -LiteralPath "${Drive}:\$settingsKey" -Name 'MigrateProxy' -Value 1 -Type 'DWord' -ErrorAction Stop
}

function Set-ByCommands {
    try {
        if (-not (Test-Path -LiteralPath $policyKey)) { New-Item -Path $policyKey -Force -ErrorAction Stop | Out-Null }
        Write-ConnectionSettings 'HKLM' $Server ($entries -join ';')
        # Last: until then the values are there and not in force.
        Set-ItemProperty -LiteralPath $policyKey -Name 'ProxySettingsPerUser' -Value 0 -Type 'DWord' -ErrorAction Stop
    }
    catch { throw "set-failed: $($_.Exception.Message)" }
}

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

# The documented command writes the account's own values, too; they are not the tool's.
function Invoke-Change {
    try { Set-ByModule }
    catch {
        # A module that the policy does not trust runs in the constrained language, whoever calls it, and cannot work there.
        if ([string]$ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage' -and -not $module.refused) { throw }
        $module.by = 'commands'
        Set-ByCommands
    }
}

if ($Change -ceq '') { Invoke-Change }
else {
    Open-Change
    $own = @($order | Where-Object { $_ -like 'user.*' } | ForEach-Object { "$_=$(Get-RawValue $_)" })
    try {
        try { Invoke-Change }
        finally { foreach ($line in $own) { Set-RawValue $line } }
        try {
            foreach ($line in $Values) { Set-RawValue $line }
            if ($WinHttp -ceq 'set') {
                netsh.exe winhttp set proxy "proxy-server=$Server" "bypass-list=$($entries -join ';')" | Out-Null
                if ($LASTEXITCODE -ne 0) { throw "netsh winhttp set proxy ended with $LASTEXITCODE" }
            }
            if ($WinHttp -ceq 'direct') {
                netsh.exe winhttp reset proxy | Out-Null
                if ($LASTEXITCODE -ne 0) { throw "netsh winhttp reset proxy ended with $LASTEXITCODE" }
            }
            if ($RestartAgent) {
                foreach ($service in 'himds', 'ExtensionService', 'GCArcService') { Restart-Service -Name $service -Force -ErrorAction Stop }
            }
        }
        catch { throw "set-failed: $($_.Exception.Message)" }
    }
    finally { Complete-Change }
}

New-Object -TypeName psobject -Property @{
    computerName = [string]$env:COMPUTERNAME
    action       = 'set'
    by           = $module.by
    server       = $Server
    bypass       = $entries
}
