<#
.SYNOPSIS
    Looks for the proxy configuration script that automatic detection (WPAD) would find on this node.
.DESCRIPTION
    Windows asks DHCP for the address of a script first (option 252), then looks for a host named wpad. Here the options are
    read that this node's own DHCP client got with its addresses, and the name is looked up by itself, as Windows completes it, and
    in each domain of the node. Nothing is fetched, nothing is changed.

    Writes one text, described in the tool's detection-report.ts, which reads it: a line with D and what DHCP gave ('none',
    'unread' where that cannot be told, or the address); then lines with W for each name, the identifier of Resolve-DnsName's
    error, '' for none, and its addresses.
.NOTES
    Language: constrained
.ROLE
    Readers
.EXAMPLE
    Find-ProxyScript
#>
[CmdletBinding()]
param()

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Continue'

$tab = "`t"
$place = 'HKLM:\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters'

function Get-Field($Item, [string] $Name) {
    $property = $Item.PSObject.Properties[$Name]
    if ($null -ne $property) { return , $property.Value }
}

function Read-Number([byte[]] $Bytes, [int] $At) {
    return [long]$Bytes[$At] + 256 * $Bytes[$At + 1] + 65536 * $Bytes[$At + 2] + 16777216 * [long]$Bytes[$At + 3]
}

# Each option: its code, a word, its length, 1 where it is a vendor's, when it ends; then the data, filled up to whole words. One
# that was asked for and not given is there without data. '' for not given, $null where the value does not tell.
function Get-ScriptOption($Options) {
    if ($Options -isnot [byte[]]) { return $null }
    $at = 0
    $found = $null
    while ($Options.Length - $at -ge 20) {
        $length = Read-Number $Options ($at + 8)
        $next = $at + 20 + $length + ((4 - ($length % 4)) % 4)
        if ($next -gt $Options.Length + 3) { return $null }
        if ((Read-Number $Options $at) -eq 252 -and (Read-Number $Options ($at + 12)) -eq 0) {
            $found = ''
            if ($length -gt 0) { $found = (-join [char[]]$Options[($at + 20)..($at + 19 + $length)]) -replace '[\x00\s]+\z' }
        }
        $at = $next
    }
    return $found
}

# Addresses that are set by hand came without options: without DHCP on any adapter nothing was given.
$dhcp = 'none'
$domains = @()
try {
    $general = Get-ItemProperty -LiteralPath $place -ErrorAction Stop
    $domains += "$(Get-Field $general 'Domain')"
    $domains += "$(Get-Field $general 'DhcpDomain')"
    $domains += ("$(Get-Field $general 'SearchList')") -split ','
    $now = ([datetime]::UtcNow - [datetime]'1970-01-01').TotalSeconds
    if (Test-Path -LiteralPath "$place\Interfaces") {
        foreach ($name in @(Get-ChildItem -LiteralPath "$place\Interfaces" -Name)) {
            $adapter = Get-ItemProperty -LiteralPath "$place\Interfaces\$name" -ErrorAction Stop
            $domains += "$(Get-Field $adapter 'Domain')"
            if ((Get-Field $adapter 'EnableDHCP') -ne 1) { continue }
            # One that is not connected keeps what it once got.
            $address = "$(Get-Field $adapter 'DhcpIPAddress')"
            $ends = Get-Field $adapter 'LeaseTerminatesTime'
            if (-not $address -or $address -eq '0.0.0.0' -or ($ends -is [int] -and $ends -lt $now)) { continue }
            $domains += "$(Get-Field $adapter 'DhcpDomain')"
            $option = Get-ScriptOption (Get-Field $adapter 'DhcpInterfaceOptions')
            if ($option -and $dhcp -notmatch '\Ahttps?:') { $dhcp = $option }
            elseif ($null -eq $option -and $dhcp -eq 'none') { $dhcp = 'unread' }
        }
    }
}
catch { $dhcp = 'unread' }

$lines = @("D$tab$($dhcp -replace '[\x00-\x1f]', ' ')")
$names = @()
foreach ($domain in $domains) {
    $name = "wpad.$($domain.Trim().Trim('.'))"
    if ($name -cmatch '\Awpad(\.[A-Za-z0-9_-]+)+\z' -and $names -notcontains $name) { $names += $name }
}
$silent = 0
foreach ($name in @($names | Select-Object -First 8) + 'wpad') {
    $failures = @()
    $records = @()
    $code = 'not-asked'
    # A silent name server would cost its whole patience for each.
    if ($silent -lt 2) {
        try {
            $records = @(Resolve-DnsName -Name $name -QuickTimeout -DnsOnly -ErrorAction SilentlyContinue -ErrorVariable failures)
            $code = ''
        }
        catch { $code = 'not-asked' }
    }
    $addresses = @(foreach ($record in $records) {
        $address = $record.PSObject.Properties['IPAddress']
        if ($null -ne $address -and $address.Value) { [string]$address.Value }
    })
    if ($code -eq '' -and $addresses.Count -eq 0) {
        $code = 'DNS_INFO_NO_RECORDS'
        if ($failures.Count -gt 0) { $code = ([string]$failures[0].FullyQualifiedErrorId -split ',')[0] }
    }
    if ($code -match 'TIMEOUT') { $silent++ }
    $lines += "W$tab$name$tab$code$tab$($addresses -join ',')"
}
$lines -join "`n"
