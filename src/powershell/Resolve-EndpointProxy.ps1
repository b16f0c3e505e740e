<#
.SYNOPSIS
    Tells through which proxy Windows sends endpoints by its proxy configuration script (PAC).
.DESCRIPTION
    The .NET Framework asks Windows, which runs the script, for the account of this session; on a node whose settings are
    machine-wide that is the same for every account. An answer without a proxy does not tell whether the script said so or
    could not be used. Changes nothing.

    Writes one text, described in the tool's proxy-script-report.ts, which reads it: lines with G, the endpoint's id, and
    host:port of the proxy; '' for none.
.NOTES
    Language: full
.ROLE
    Readers
.PARAMETER Endpoints
    Objects with id, host, port and protocol (https, http or tcp).
.PARAMETER DeadlineMs
    Time for all; endpoints whose turn has not come by then are left out.
.EXAMPLE
    Resolve-EndpointProxy -Endpoints @{ id = '1'; host = 'management.azure.com'; port = 443; protocol = 'https' }
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [AllowEmptyCollection()]
    [object[]]
    $Endpoints,

    [ValidateRange(100, 120000)]
    [int]
    $DeadlineMs = 15000
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$began = [datetime]::UtcNow
$tab = "`t"
$platform = [Net.WebRequest]::GetSystemWebProxy()
$lines = @()
foreach ($endpoint in $Endpoints) {
    if (([datetime]::UtcNow - $began).TotalMilliseconds -ge $DeadlineMs) { break }
    $scheme = 'https'
    if ([string]$endpoint.protocol -eq 'http') { $scheme = 'http' }
    $name = [string]$endpoint.host
    if ($name -cnotmatch '\A[A-Za-z0-9._-]+\z') { continue }
    $address = [uri]"${scheme}://${name}:$([int]$endpoint.port)/"
    $proxy = $platform.GetProxy($address)
    $way = ''
    if ($null -ne $proxy -and $proxy -ne $address) { $way = "$($proxy.Host):$($proxy.Port)" }
    $lines += "G$tab$([string]$endpoint.id)$tab$way"
}
$lines -join "`n"
