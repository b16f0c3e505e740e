<#
.SYNOPSIS
    Sets the machine-wide WinINet proxy of this node.
.DESCRIPTION
    Checks both values again on the node and runs
    Set-WinInetProxy -ProxySettingsPerUser 0 -ProxyServer <Server> [-ProxyBypass <entry;entry>].
    Fails with a message that starts with one of these codes: invalid-server, invalid-bypass, module-missing,
    module-not-loaded, set-failed.
.PARAMETER Server
    host:port; the host is a DNS name, an IPv4 address, or an IPv6 address in brackets.
.PARAMETER Bypass
    Hosts that are reached without the proxy; * stands for any characters.
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

if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    throw "LanguageMode:$($ExecutionContext.SessionState.LanguageMode)"
}

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
    $address = $null
    return $Text -cmatch '\A\[[0-9A-Fa-f:.]{2,45}\]\z' -and [Net.IPAddress]::TryParse($Text.Trim('[', ']'), [ref]$address) -and
        $address.AddressFamily -eq [Net.Sockets.AddressFamily]::InterNetworkV6
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

if (@(Get-Module -ListAvailable -Name 'WinInetProxy').Count -eq 0) {
    throw 'module-missing: The PowerShell module WinInetProxy is not installed on this node.'
}
try { Import-Module -Name 'WinInetProxy' -ErrorAction Stop | Out-Null }
catch { throw "module-not-loaded: $($_.Exception.Message)" }

$arguments = @{ ProxySettingsPerUser = 0; ProxyServer = $Server }
if ($entries.Count -gt 0) { $arguments['ProxyBypass'] = $entries -join ';' }

# The module takes what is not given from variables of the same name: a left-over must not decide.
$kept = @{
    Server = $env:ProxyServer; Bypass = $env:ProxyBypass; PerUser = $env:ProxySettingsPerUser
    Detect = $env:AutoDetect; ScriptUrl = $env:AutoConfigURL; Pac = $env:PACUrl
}
$env:ProxyServer = $env:ProxyBypass = $env:ProxySettingsPerUser = $env:AutoDetect = $env:AutoConfigURL = $env:PACUrl = $null
try { Set-WinInetProxy @arguments | Out-Null }
catch { throw "set-failed: $($_.Exception.Message)" }
finally {
    $env:ProxyServer = $kept.Server
    $env:ProxyBypass = $kept.Bypass
    $env:ProxySettingsPerUser = $kept.PerUser
    $env:AutoDetect = $kept.Detect
    $env:AutoConfigURL = $kept.ScriptUrl
    $env:PACUrl = $kept.Pac
}

[pscustomobject]@{
    computerName = [string]$env:COMPUTERNAME
    action       = 'set'
    server       = $Server
    bypass       = $entries
}
