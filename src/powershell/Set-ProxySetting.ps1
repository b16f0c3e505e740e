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
    state-changed, not-restorable, change-closed, invalid-value, set-failed.
.PARAMETER Server
    host:port, with or without http:// before it; the host is a DNS name, an IPv4 address, or an IPv6 address in brackets.
    Or one for each protocol: http=host:port;https=host:port.
.PARAMETER Bypass
    Hosts that are reached without the proxy; * stands for any characters.
.PARAMETER Change
    Name of the change, for example 20261126T101500Z-ab12cd34; the folder that keeps it has this name.
.PARAMETER Number
    The least that the running number of this change may be: one more than the page knows of any node.
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
    # One more than the highest number of a change that the page knows of.
    [long] $Number = 0,
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

# Digits alone are an address, or nothing that would ever be met, as a range from-to is, and the hyphen of one.
function Test-BypassEntry([string] $Text) {
    if ($Text -cmatch '\A[0-9.]+\z') { return Test-HostName $Text }
    if ($Text -cmatch '\A[._-]+\z') { return $false }
    if ($Text -cmatch '\A[0-9]+(?:\.[0-9]+){3}-[0-9.]+\z') { return $false }
    return ($Text.Length -le 253 -and $Text -cmatch '\A[A-Za-z0-9*._-]+\z') -or (Test-Ipv6 $Text)
}

if (-not (Test-Server $Server)) { throw 'invalid-server: The proxy server is not host:port, nor one of these for each of http and https.' }
$entries = @($Bypass | Where-Object { $null -ne $_ })
foreach ($entry in $entries) {
    if (-not (Test-BypassEntry $entry)) { throw 'invalid-bypass: An entry of the bypass list is not a host name, an address or a pattern with *.' }
}

function Invoke-ByModule {
    $arguments = @{ ProxySettingsPerUser = 0; ProxyServer = $Server }
    if ($entries.Count -gt 0) { $arguments['ProxyBypass'] = $entries -join ';' }
    Invoke-Module $arguments 'set-failed'
}

# Shared: ConnectionSettings

function Invoke-ByCommands {
    try {
        if (-not (Test-Path -LiteralPath $policyKey)) { New-Item -Path $policyKey -Force -ErrorAction Stop | Out-Null }
        Write-ConnectionSettings 'HKLM' $Server ($entries -join ';')
        # Last: until then the values are there and not in force.
        Set-ItemProperty -LiteralPath $policyKey -Name 'ProxySettingsPerUser' -Value 0 -Type 'DWord' -ErrorAction Stop
    }
    catch { throw "set-failed: $($_.Exception.Message)" }
}

# Shared: ProxyValues

# Shared: ChangeNumber

# Shared: ProxyChange

# Shared: ModuleChange

# Without a list, netsh takes away the one that is there.
$list = @(if ($entries.Count -gt 0) { "bypass-list=$($entries -join ';')" })
Invoke-Change 'set-failed' @{
    set    = @('set', 'proxy', "proxy-server=$Server") + $list
    direct = @('reset', 'proxy')
}

New-Object -TypeName psobject -Property @{
    computerName = [string]$env:COMPUTERNAME
    action       = 'set'
    by           = $module.by
    server       = $Server
    bypass       = $entries
}
