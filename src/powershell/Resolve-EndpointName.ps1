<#
.SYNOPSIS
    Tells all addresses that this node finds for names, IPv4 and IPv6, and which name servers it asks.
.DESCRIPTION
    A probe tells the one address to which it connected. Here each name is asked once more, through the same name servers
    and the same cache, so that nodes that resolve a name differently can be told apart. Changes nothing.

    Writes texts, described in the tool's name-report.ts, which reads them: S and the name servers, then lines with R for
    each name, the identifier of Resolve-DnsName's error, '' for none, and the addresses.
.NOTES
    Language: constrained
.ROLE
    Readers
.PARAMETER Names
    Host names; addresses are left out.
.PARAMETER DeadlineMs
    Time for the whole call; names whose turn has not come by then are left out. After two names in a row without any
    answer the others are left out too: a silent name server would cost its whole patience for each.
.EXAMPLE
    Resolve-EndpointName -Names 'management.azure.com', 'login.microsoftonline.com'
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [AllowEmptyCollection()]
    [AllowEmptyString()]
    [string[]]
    $Names,

    [ValidateRange(100, 3600000)]
    [int]
    $DeadlineMs = 30000
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Continue'

$tab = "`t"
$began = [datetime]::UtcNow

# Of every adapter, each once.
$servers = @()
if ($null -ne (Get-Command -Name 'Get-DnsClientServerAddress' -ErrorAction SilentlyContinue)) {
    foreach ($adapter in @(Get-DnsClientServerAddress -ErrorAction SilentlyContinue)) {
        foreach ($address in @($adapter.ServerAddresses)) {
            if ($address -and $servers -notcontains [string]$address) { $servers += [string]$address }
        }
    }
}
"S$tab$($servers -join ',')"

$silent = 0
# Some at a time: each text that a script writes has its price on the way.
$lines = @()
$done = @{}
foreach ($name in $Names) {
    # Names only, each once.
    if ($name -cnotmatch '\A[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_])?\.?\z' -or $name -cmatch '\A[0-9.]+\z') { continue }
    if ($done.ContainsKey($name)) { continue }
    $done[$name] = $true
    if ($silent -ge 2 -or ([datetime]::UtcNow - $began).TotalMilliseconds -gt $DeadlineMs) { break }
    $failures = @()
    # A node without the command says nothing of its names.
    try { $records = @(Resolve-DnsName -Name $name -DnsOnly -QuickTimeout -ErrorAction SilentlyContinue -ErrorVariable failures) }
    catch { break }
    $addresses = @(foreach ($record in $records) {
        $address = $record.PSObject.Properties['IPAddress']
        if ($null -ne $address -and $address.Value) { [string]$address.Value }
    })
    $code = ''
    if ($addresses.Count -eq 0) {
        $code = 'DNS_INFO_NO_RECORDS'
        if ($failures.Count -gt 0) { $code = ([string]$failures[0].FullyQualifiedErrorId -split ',')[0] }
    }
    if ($code -match 'TIMEOUT') { $silent++ } else { $silent = 0 }
    $lines += "R$tab$name$tab$code$tab$($addresses -join ',')"
    if ($lines.Count -ge 25) {
        $lines -join "`n"
        $lines = @()
    }
}
if ($lines.Count -gt 0) { $lines -join "`n" }
