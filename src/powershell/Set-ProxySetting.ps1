<#
.SYNOPSIS
    Sets the machine-wide WinINet proxy of this node.
.DESCRIPTION
    Checks both values again on the node and runs
    Set-WinInetProxy -ProxySettingsPerUser 0 -ProxyServer <Server> [-ProxyBypass <entry;entry>].
    Where scripts run in the constrained language and the module cannot work, the values that it would have written are
    written to the registry by Windows' own commands; the field by of the answer says which way it was: module, commands.
    Fails with a message that starts with one of these codes: invalid-server, invalid-bypass, module-missing,
    module-not-loaded, set-failed.
.PARAMETER Server
    host:port; the host is a DNS name, an IPv4 address, or an IPv6 address in brackets.
.PARAMETER Bypass
    Hosts that are reached without the proxy; * stands for any characters.
.NOTES
    Language: constrained
.ROLE
    Administrators
#>
[CmdletBinding()]
param(
    [string] $Server,
    [string[]] $Bypass = @()
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

function Test-Server([string] $Text) {
    if ($Text -cnotmatch '\A(.+):([1-9][0-9]{0,4})\z') { return $false }
    $name = $Matches[1]
    if ([int]$Matches[2] -gt 65535) { return $false }
    return (Test-HostName $name) -or (Test-Ipv6 $name)
}

function Test-BypassEntry([string] $Text) {
    return ($Text.Length -le 253 -and $Text -cmatch '\A[A-Za-z0-9*._-]+\z') -or (Test-Ipv6 $Text)
}

if (-not (Test-Server $Server)) { throw 'invalid-server: The proxy server is not host:port.' }
$entries = @($Bypass | Where-Object { $null -ne $_ })
foreach ($entry in $entries) {
    if (-not (Test-BypassEntry $entry)) { throw 'invalid-bypass: An entry of the bypass list is not a host name, an address or a pattern with *.' }
}

$module = @{ refused = $false }

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

$by = 'module'
try { Set-ByModule }
catch {
    # A module that the policy does not trust runs in the constrained language, whoever calls it, and cannot work there.
    if ([string]$ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage' -and -not $module.refused) { throw }
    $by = 'commands'
    Set-ByCommands
}

New-Object -TypeName psobject -Property @{
    computerName = [string]$env:COMPUTERNAME
    action       = 'set'
    by           = $by
    server       = $Server
    bypass       = $entries
}
