<#
.SYNOPSIS
    Measures from this computer which endpoints of the outbound allowlist answer.
.DESCRIPTION
    For a node that Windows Admin Center cannot reach yet: before the cluster exists, before the gateway is installed. Made by
    the tool Outbound connectivity for the list that was chosen there, which stands below as data.

    Run it on each node, in Windows PowerShell, as administrator:

        powershell.exe -NoProfile -ExecutionPolicy Bypass -File .\Test-OutboundAllowlist.ps1

    It looks up, connects, asks the proxy that this computer has machine-wide, shakes hands and sends one HTTP request for
    each endpoint, by Windows' own curl.exe; time servers are asked by w32tm.exe. Works in the constrained language. Changes nothing but the file that it
    writes. Prints a table; an answer alone does not prove that it is the service's own, so import the file in the tool, on the
    Reachability page under Earlier runs, where it is judged as any check is.

    Exit code 0: every endpoint answered. 1: some did not. 2: nothing could be measured, and the last line says why.
.NOTES
    Language: constrained
.ROLE
    Readers
.PARAMETER OutFile
    The file of measurements. Absent: outbound-check_COMPUTERNAME.json in the current folder.
.PARAMETER Proxy
    host:port of a proxy to try for everything, whatever this computer has; or direct, for none.
.PARAMETER TimeoutMs
    Time for one endpoint, all its phases together. 0: as chosen in the tool.
.EXAMPLE
    .\Test-OutboundAllowlist.ps1 -Proxy proxy.contoso.com:8080
#>
[CmdletBinding()]
param(
    [AllowEmptyString()]
    [string]
    $OutFile = '',

    [AllowEmptyString()]
    [string]
    $Proxy = '',

    [ValidateRange(0, 120000)]
    [int]
    $TimeoutMs = 0
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

# The list as JSON, in characters that can end no text: it is data, whatever it holds.
$json = @(
    '@list'
)
$list = ConvertFrom-Json -InputObject ($json -join '')

# --- Scripts of the tool, word for word

'@functions'

# --- The way of each endpoint, by WinINet's rules

# host:port of the proxy; empty for none. The first usable entry counts.
function Get-ServerFor([string] $Server, [string] $Wanted) {
    foreach ($part in ($Server -split '[;\s]+')) {
        $entry = $part
        if ($entry -match '\A([A-Za-z]+)=(.*)\z') {
            if ($Matches[1] -ne $Wanted) { continue }
            $entry = $Matches[2]
        }
        $address = ($entry -replace '\A[A-Za-z]+://', '') -replace '/.*\z', ''
        if ($address -notmatch '\A(\[[^\[\]=]+\]|[^\[\]=:]+)(?::(\d{1,5}))?\z') { continue }
        $name = $Matches[1]
        $port = 80
        if ($Matches[2]) { $port = [int]$Matches[2] }
        if ($port -ge 1 -and $port -le 65535) { return "${name}:$port" }
    }
    return ''
}

# An entry may carry a scheme and a port; only the star is special in it.
function Test-Bypass([string] $Entry, [string] $Name, [int] $Port) {
    if ($Entry -eq '<local>') { return $Name.IndexOf('.') -lt 0 -and $Name.IndexOf(':') -lt 0 }
    $pattern = $Entry -replace '\A[A-Za-z]+://', ''
    if ($pattern -match '\A(\[[^\]]*\]|[^:]*):(\d{1,5})\z') {
        if ([int]$Matches[2] -ne $Port) { return $false }
        $pattern = $Matches[1]
    }
    $parts = @(foreach ($part in (($pattern -replace '\A\[|\]\z', '') -split '\*')) { [regex]::Escape($part) })
    return ($Name -replace '\A\[|\]\z', '') -match "(?s)\A$($parts -join '.*')\z"
}

function Get-ProxyFor($Setting, $Target) {
    $wanted = 'https'
    if ($Target.protocol -eq 'http') { $wanted = 'http' }
    $server = Get-ServerFor $Setting.server $wanted
    if (-not $server) { return '' }
    foreach ($entry in @($Setting.bypass)) {
        foreach ($part in ([string]$entry -split '[;\s]+')) {
            if ($part -and (Test-Bypass $part $Target.host $Target.port)) { return '' }
        }
    }
    return $server
}

# --- What a person reads

$words = @{
    5 = 'the name of the proxy was not found'; 6 = 'the name was not found'; 7 = 'refused, or no way there'; 28 = 'timed out'
    35 = 'TLS failed'; 52 = 'closed without an answer'; 56 = 'the connection broke off'; 60 = 'the certificate is not trusted here'
}

# @{ answered; text } of what curl told of one endpoint; the fields are described in Test-EndpointByCurl.
function Get-Outcome($Fields, $Target, [string] $By) {
    $code = [int]$Fields[1]
    $status = [int]$Fields[2]
    $tunnel = [int]$Fields[3]
    if ($By -and $Target.protocol -ne 'http' -and $tunnel -ge 300) {
        return @{ answered = $false; text = "the proxy refused the tunnel ($tunnel)" }
    }
    if ($status -eq 407) { return @{ answered = $false; text = 'the proxy wants credentials (407)' } }
    if ($status -ge 100) { return @{ answered = $true; text = "answered ($status)" } }
    if ($Target.protocol -eq 'tcp' -and $Fields[4] -and $code -ne 7) { return @{ answered = $true; text = 'connected' } }
    if ($code -eq 35 -and $Fields[11] -match '0x800B01|0x8009032[2578]') { $code = 60 }
    if ($words.ContainsKey($code)) { return @{ answered = $false; text = $words[$code] } }
    return @{ answered = $false; text = "failed (curl $code)" }
}

# The same of a time server; the fields are described in Test-TimeServer.
function Get-TimeOutcome($Fields) {
    if ($Fields[1]) { return @{ answered = $false; text = $words[6] } }
    if ($Fields[5] -match '[+-]\d+[.,]\d+s\z') { return @{ answered = $true; text = 'told the time' } }
    return @{ answered = $false; text = 'did not tell the time' }
}

# A password that somebody put into an address stays here.
function Hide-Credential([string] $Text) { return $Text -replace '://[^@/|]*@', '://' }

# --- The check

# 0, 1 or 2; what is printed goes before it.
function Start-Check {
    if (-not $OutFile) { $OutFile = "outbound-check_$env:COMPUTERNAME.json" }
    $time = $TimeoutMs
    if ($time -lt 100) { $time = [int]$list.selection.timeoutMs }
    $way = @{ kind = 'own' }
    if ($Proxy -eq 'direct') { $way = @{ kind = 'direct' } }
    elseif ($Proxy) {
        $typed = ''
        if ($Proxy -match '\A(?:http://)?(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):\d{1,5}/?\z') { $typed = Get-ServerFor $Proxy 'https' }
        if (-not $typed) {
            "'$Proxy' is no proxy. Give host:port, or direct."
            return 2
        }
        $way = @{ kind = 'proxy'; proxy = $typed }
    }
    $whole = Get-ProxySetting -Layers $true
    $setting = @{}
    $names = 'computerName', 'machineWide', 'perUserPolicy', 'server', 'bypass', 'pacUrl', 'autoDetect', 'readable',
        'leftoverServer', 'languageMode', 'addresses'
    foreach ($name in $names) { $setting[$name] = $whole.$name }
    $setting.values = @(foreach ($line in @($whole.values)) { Hide-Credential $line })
    $setting.server = Hide-Credential $setting.server
    $setting.arcAgent = $null
    if ($null -ne $whole.arcAgent) {
        $setting.arcAgent = @{
            proxyUrl       = Hide-Credential $whole.arcAgent.proxyUrl
            proxyBypass    = [string]$whole.arcAgent.proxyBypass
            connectionType = [string]$whole.arcAgent.connectionType
        }
    }
    if ($way.kind -eq 'own' -and -not $setting.readable) {
        'The proxy setting of this computer cannot be read. Give -Proxy host:port, or -Proxy direct.'
        return 2
    }
    # As every check: services see no account's proxy.
    $own = @{ server = ''; bypass = @() }
    if ($setting.machineWide) { $own = @{ server = $setting.server; bypass = $setting.bypass } }
    if ($way.kind -eq 'proxy') { $own = @{ server = $way.proxy; bypass = @() } }
    if ($way.kind -eq 'direct') { $own = @{ server = ''; bypass = @() } }
    $targets = @($list.endpoints | Where-Object { $null -eq $_.untested })
    if ($targets.Count -eq 0) {
        'The list has nothing that can be tested from here.'
        return 2
    }
    $numbers = @()
    $endpoints = @(for ($i = 0; $i -lt $targets.Count; $i++) {
        $target = $targets[$i]
        $path = '/'
        if ($null -ne $target.PSObject.Properties['path']) { $path = [string]$target.path }
        if ($target.protocol -eq 'udp') { continue }
        $numbers += $i
        @{
            id = [string]$i; host = [string]$target.host; port = [int]$target.port; protocol = [string]$target.protocol
            path = $path; proxy = Get-ProxyFor $own $target
        }
    })
    $timeNumbers = @(for ($i = 0; $i -lt $targets.Count; $i++) { if ($targets[$i].protocol -eq 'udp') { $i } })
    $rounds = ($targets.Count + 199 - (($targets.Count + 199) % 200)) / 200
    "Measuring $($targets.Count) endpoints of $($list.edition.name) from $env:COMPUTERNAME ..."
    $began = [datetime]::UtcNow
    $deadline = [int]$rounds * $time + 15000
    $reports = @()
    if ($endpoints.Count -gt 0) {
        $reports = @(Test-EndpointByCurl -Endpoints $endpoints -TimeoutMs $time -DeadlineMs $deadline -MaxConcurrent 200)
    }
    $timeReports = @()
    if ($timeNumbers.Count -gt 0) {
        $servers = @(foreach ($i in $timeNumbers) { @{ host = [string]$targets[$i].host } })
        $timeReports = @(Test-TimeServer -Endpoints $servers -DeadlineMs $deadline)
    }
    $ended = [datetime]::UtcNow

    $outcomes = @{}
    foreach ($report in $reports) {
        foreach ($line in ([string]$report -split "`n")) {
            if ($line -notmatch '\AT(\d+)\t') { continue }
            $number = [int]$Matches[1]
            $i = $numbers[$number]
            $outcomes[$i] = Get-Outcome ($line -split "`t", 12) $targets[$i] $endpoints[$number].proxy
        }
    }
    foreach ($report in $timeReports) {
        if ([string]$report -match '\AM(\d+)\t') { $outcomes[$timeNumbers[[int]$Matches[1]]] = Get-TimeOutcome ([string]$report -split "`t", 6) }
    }
    $proxies = @{}
    for ($number = 0; $number -lt $numbers.Count; $number++) { $proxies[$numbers[$number]] = $endpoints[$number].proxy }
    $missed = 0
    for ($i = 0; $i -lt $targets.Count; $i++) {
        $outcome = @{ answered = $false; text = 'no report' }
        if ($outcomes.ContainsKey($i)) { $outcome = $outcomes[$i] }
        $sign = 'ok    '
        if (-not $outcome.answered) { $sign = 'FAILED'; $missed++ }
        $by = ''
        if ($proxies[$i]) { $by = " by $($proxies[$i])" }
        "$sign  $($targets[$i].host):$($targets[$i].port)/$($targets[$i].protocol)$by  $($outcome.text)"
    }
    $result = @{
        format    = 'outbound-connectivity/measurements'
        version   = 1
        list      = $list
        node      = [string]$env:COMPUTERNAME
        by        = [string]$whole.account
        way       = $way
        timeoutMs = $time
        startedAt = $began.ToString('o')
        endedAt   = $ended.ToString('o')
        setting   = $setting
        proxies   = @(for ($i = 0; $i -lt $targets.Count; $i++) { [string]$proxies[$i] })
        reports   = @(foreach ($report in $reports) { [string]$report })
        times     = @(foreach ($report in $timeReports) { [string]$report })
    }
    Set-Content -LiteralPath $OutFile -Value (ConvertTo-Json -InputObject $result -Compress -Depth 8) -Encoding UTF8
    "$missed of $($targets.Count) endpoints did not answer. Measurements: $OutFile"
    'Import that file in the tool for the verdicts: whose answer it was, only they say.'
    if ($missed -gt 0) { return 1 }
    return 0
}

$end = @{ code = 2 }
try { Start-Check | ForEach-Object { if ($_ -is [int]) { $end.code = $_ } else { $_ } } }
catch {
    $end.code = 2
    "Nothing was measured: $($_.Exception.Message)"
}
exit $end.code
