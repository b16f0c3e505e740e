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

# Windows may take long to fetch the script, and a call that waits for it can be ended by nobody: so another thread waits.
$address = [Linq.Expressions.Expression]::Parameter([object], 'address')
$typed = [Linq.Expressions.Expression]::Convert($address, [uri])
$known = [Linq.Expressions.Expression]::Constant($platform, [Net.IWebProxy])
$call = [Linq.Expressions.Expression]::Call($known, [Net.IWebProxy].GetMethod('GetProxy'), [Linq.Expressions.Expression[]]@($typed))
$ask = [Linq.Expressions.Expression]::Lambda([Func[object, uri]], $call, [Linq.Expressions.ParameterExpression[]]@($address)).Compile()

$lines = @()
foreach ($endpoint in $Endpoints) {
    $scheme = 'https'
    if ([string]$endpoint.protocol -eq 'http') { $scheme = 'http' }
    $name = [string]$endpoint.host
    if ($name -cnotmatch '\A[A-Za-z0-9._-]+\z') { continue }
    $at = [uri]"${scheme}://${name}:$([int]$endpoint.port)/"
    $work = [Threading.Tasks.Task[uri]]::Factory.StartNew($ask, $at)
    while (-not $work.Wait(20)) {
        if (([datetime]::UtcNow - $began).TotalMilliseconds -ge $DeadlineMs) { break }
    }
    if (-not $work.IsCompleted) { break }
    $proxy = $work.Result
    $way = ''
    if ($null -ne $proxy -and $proxy -ne $at) { $way = "$($proxy.Host):$($proxy.Port)" }
    $lines += "G$tab$([string]$endpoint.id)$tab$way"
}
$lines -join "`n"
