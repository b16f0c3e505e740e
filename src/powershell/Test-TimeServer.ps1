<#
.SYNOPSIS
    Asks time servers for the time, as this node's own clock would.
.DESCRIPTION
    NTP is UDP, which curl.exe does not speak: Windows' own w32tm.exe sends one question to each server and changes
    nothing, neither the clock nor the time service. Proxies do not carry it, so the way is always direct.

    Writes a text for each endpoint as soon as it is finished, described in the tool's time-report.ts, which reads it:
    M and the endpoint's number, the identifier of Resolve-DnsName's error, addresses, milliseconds of the look-up and of
    the question, and the line in which w32tm.exe gives its answer.
.NOTES
    Language: constrained
.ROLE
    Readers
.PARAMETER Endpoints
    Objects with host. The port is 123: w32tm.exe knows no other.
.PARAMETER DeadlineMs
    Time for the whole call; servers whose turn has not come by then are left out.
.EXAMPLE
    Test-TimeServer -Endpoints @{ host = 'time.windows.com' }
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [AllowEmptyCollection()]
    [object[]]
    $Endpoints,

    [ValidateRange(100, 3600000)]
    [int]
    $DeadlineMs = 60000
)

Set-StrictMode -Version 2.0
# Not Stop: in a remote session each line that a program writes to its error stream would then end the script.
$ErrorActionPreference = 'Continue'

$tab = "`t"
$began = [datetime]::UtcNow

function Get-Field($Object, [string] $Name) {
    if ($Object -is [hashtable]) { return [string]$Object[$Name] }
    if ($null -eq $Object) { return '' }
    $property = $Object.PSObject.Properties[$Name]
    if ($null -eq $property) { return '' }
    return [string]$property.Value
}

# Whole milliseconds: no decimal sign that depends on the language.
function Get-Elapsed([datetime] $Since) { return [int]([datetime]::UtcNow - $Since).TotalMilliseconds }

$hasProgram = $null -ne (Get-Command -Name 'w32tm.exe' -ErrorAction SilentlyContinue)

"B$tab$($began.ToString('o'))"
for ($i = 0; $i -lt $Endpoints.Count; $i++) {
    $name = (Get-Field $Endpoints[$i] 'host').Trim('[', ']')
    # A name becomes a part of an argument: nothing else may.
    if ($name -cnotmatch '\A[A-Za-z0-9][A-Za-z0-9._:-]*\z') { continue }
    if ((Get-Elapsed $began) -gt $DeadlineMs) { return }

    $asked = [datetime]::UtcNow
    $code = ''
    $addresses = @($name)
    if ($name -cnotmatch '\A[0-9.]+\z' -and $name.IndexOf(':') -lt 0) {
        $failures = @()
        $records = @(Resolve-DnsName -Name $name -DnsOnly -QuickTimeout -ErrorAction SilentlyContinue -ErrorVariable failures)
        $addresses = @(foreach ($record in $records) {
            $address = $record.PSObject.Properties['IPAddress']
            if ($null -ne $address -and $address.Value) { [string]$address.Value }
        })
        if ($addresses.Count -eq 0) {
            $code = 'DNS_INFO_NO_RECORDS'
            if ($failures.Count -gt 0) { $code = ([string]$failures[0].FullyQualifiedErrorId -split ',')[0] }
        }
    }
    $nameMs = Get-Elapsed $asked

    $answer = ''
    $asked = [datetime]::UtcNow
    if ($code -eq '') {
        if (-not $hasProgram) { $answer = 'w32tm-missing' }
        else {
            # Its other lines are in the system's language; this one has the offset, or an error's number.
            foreach ($line in @(& w32tm.exe /stripchart "/computer:$name" /samples:1 /dataonly)) {
                $text = ([string]$line).Trim()
                if ($text -match '[+-]\d+[.,]\d+s\z|0x[0-9A-Fa-f]{8}') { $answer = $text -replace '\s+', ' ' }
            }
        }
    }
    "M$i$tab$code$tab$($addresses -join ',')$tab$nameMs$tab$(Get-Elapsed $asked)$tab$answer"
}
