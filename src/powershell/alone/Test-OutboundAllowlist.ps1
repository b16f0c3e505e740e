<#
.SYNOPSIS
    Measures from this computer which endpoints of the outbound allowlist answer.
.DESCRIPTION
    For a node that Windows Admin Center cannot reach yet: before the cluster exists, before the gateway is installed. Made by
    the tool Outbound connectivity for the list that was chosen there, which stands below as data.

    Run it on each node, in Windows PowerShell, as administrator:

        powershell.exe -NoProfile -ExecutionPolicy Bypass -File .\Test-OutboundAllowlist.ps1

    It looks up, connects, asks the proxy that this computer has machine-wide, shakes hands and sends one HTTP request for
    each endpoint, by Windows' own curl.exe; time servers are asked by w32tm.exe. Works in the constrained language. Changes
    nothing but the file that it writes. Prints a table, with what was not tested; an answer alone does not prove that it is
    the service's own, so import the file in the tool, on the Reachability page under Earlier runs, where it is judged as any
    check is.

    Exit code 0: every endpoint that was tested answered. 1: some did not. 2: wrong use, nothing could be measured, or the file
    could not be written; the last line says why. Broken off with Ctrl+C it writes no file, and its code is none of these.
.NOTES
    Language: constrained
.ROLE
    Readers
.PARAMETER OutFile
    The file of measurements. Absent: outbound-check_COMPUTERNAME.json in the current folder.
.PARAMETER Proxy
    host:port of a proxy to try for everything, whatever this computer has; or direct, for none.
.PARAMETER TimeoutMs
    Time for one endpoint, all its phases together, 100 to 120000. 0: as chosen in the tool.
.PARAMETER Rest
    Nothing: whatever else is given is wrong use.
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

    [AllowEmptyString()]
    [string]
    $TimeoutMs = '0',

    # What nobody asked for: told, not passed over.
    [Parameter(ValueFromRemainingArguments = $true)]
    [object[]]
    $Rest = @()
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

# The list as JSON, in characters that can end no text: it is data, whatever it holds.
$json = @(
    '@list'
)

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
        if ($address -notmatch '\A(\[[^\[\]=]+\]|[^\[\]=:@]+)(?::(\d{1,5}))?\z') { continue }
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

# How an endpoint came out, by the code that stands in the file.
$words = @{
    'answered' = 'answered'; 'connected' = 'connected'; 'time-told' = 'told the time'
    'proxy-name-not-found' = 'the name of the proxy was not found'; 'name-not-found' = 'the name was not found'
    'not-connected' = 'refused, or no way there'; 'timed-out' = 'timed out'; 'tls-failed' = 'TLS failed'
    'closed' = 'closed without an answer'; 'broken-off' = 'the connection broke off'
    'certificate-not-trusted' = 'the certificate is not trusted here'; 'tunnel-refused' = 'the proxy refused the tunnel'
    'http-refused' = 'refused over plain HTTP, without a mark of the service'
    'proxy-wants-credentials' = 'the proxy wants credentials'; 'time-not-told' = 'did not tell the time'
    'other-failure' = 'failed'; 'no-report' = 'not tested: no report of it came back'
}
$answers = 'answered', 'connected', 'time-told'
$ofCurl = @{
    5 = 'proxy-name-not-found'; 6 = 'name-not-found'; 7 = 'not-connected'; 28 = 'timed-out'; 35 = 'tls-failed'; 52 = 'closed'
    56 = 'broken-off'; 60 = 'certificate-not-trusted'
}
# Why no check tries a rule.
$reasons = @{
    'wildcard-without-known-host' = 'a wildcard of which no host is known'; 'wildcard-without-name' = 'a name that was not given'
    'needed-by-browser' = 'the browser needs it, not a node'; 'needed-by-guest' = 'virtual machines need it, not a node'
    'needed-by-appliance' = 'the appliance needs it, not a node'; 'needed-by-gateway' = 'the gateway needs it, not a node'
    'udp-not-probed' = 'UDP other than time'
}
# What of an answer over plain HTTP shows that the service itself sent it, and statuses that filters send without.
$serviceMark = '"(?:x-ms-[^"]*|x-azure-[^"]*|x-msedge-ref|request-context|ms-cv|x-ccc)":|"server":\["(?:Windows|Microsoft)-Azure-'
$filterStatus = 403, 451, 502, 503, 504, 511

# @{ code; detail } of what curl told of one endpoint; the fields are described in Test-EndpointByCurl.
function Get-Outcome([string] $Report, $Target, [string] $By) {
    $Fields = ($Report -split "`n")[0] -split "`t", 12
    $code = [int]$Fields[1]
    $status = [int]$Fields[2]
    $tunnel = [int]$Fields[3]
    if ($By -and $Target.protocol -ne 'http' -and $tunnel -ge 300 -and $tunnel -ne 407) { return @{ code = 'tunnel-refused'; detail = "$tunnel" } }
    if ($status -eq 407 -or $tunnel -eq 407) { return @{ code = 'proxy-wants-credentials'; detail = '407' } }
    if ($Target.protocol -eq 'http' -and $filterStatus -contains $status -and $Report -match "\nH\t" -and $Report -notmatch $serviceMark) {
        return @{ code = 'http-refused'; detail = "$status" }
    }
    if ($status -ge 100) { return @{ code = 'answered'; detail = "$status" } }
    if ($Target.protocol -eq 'tcp' -and $Fields[4] -and $code -ne 7) { return @{ code = 'connected'; detail = '' } }
    if ($code -eq 35 -and $Fields[11] -match '0x800B01|0x8009032[2578]') { $code = 60 }
    if ($ofCurl.ContainsKey($code)) { return @{ code = $ofCurl[$code]; detail = '' } }
    return @{ code = 'other-failure'; detail = "curl $code" }
}

# The same of a time server; the fields are described in Test-TimeServer.
function Get-TimeOutcome($Fields) {
    if ($Fields[1]) { return @{ code = 'name-not-found'; detail = '' } }
    if ($Fields[5] -match '[+-]\d+[.,]\d+s\z') { return @{ code = 'time-told'; detail = '' } }
    return @{ code = 'time-not-told'; detail = '' }
}

# What goes out otherwise on this computer and was not followed.
function Get-Notice($Whole, $Way) {
    if ($Way.kind -ne 'own') { return }
    if ($Whole.pacUrl) { 'Not followed: the proxy script that is set on this computer. Its ways were not tested; -Proxy host:port tries one.' }
    if ($Whole.detects) { 'Not followed: automatic detection of a proxy, which is on for services. The import tells whether it finds one here.' }
    if ($null -ne $Whole.arcAgent -and $null -ne $Whole.arcAgent['unread']) { 'Not followed: the Arc agent, which could not be asked how it goes out.' }
    if (@($Whole.serviceProxies).Count -gt 0) { "Not followed: a proxy that only accounts of services have: $(@($Whole.serviceProxies | ForEach-Object { Hide-Credential $_ }) -join ', ')." }
    if (-not $Whole.machineWide -and $Whole.server) { 'Not followed: the proxy of this account. Services of the node do not see it.' }
}

# Who signed, counted: a device that opens encrypted traffic stands here by its own name.
function Get-SignerLine($Reports) {
    $names = @{}
    $signers = @{}
    foreach ($line in (@($Reports) -join "`n") -split "`n") {
        if ($line -match '\AN(\d+)\t([^\t]*)\t([^\t]*)\t') { $names[$Matches[1]] = $Matches[3] }
        if ($line -notmatch '\AC\t(?:.*,)?(\d+)\z') { continue }
        $signer = [string]$names[$Matches[1]]
        $signers[$signer] = 1 + $signers[$signer]
    }
    if ($signers.Count -gt 0) { 'Certificates were signed by (look for names that are not those of public authorities):' }
    foreach ($signer in @($signers.Keys | Sort-Object)) { "  $($signers[$signer]) x $signer" }
}

# A name and password that somebody put into a proxy stay here. A password may hold any sign: all up to the last @ goes.
function Hide-Credential([string] $Text) {
    return $Text -replace '(?s)\A((?:[\w.]+=)?(?:(?:Expand|Multi)?String\|)?(?:(?:https?|socks)=)?(?:https?://)?).*@', '$1***@'
}

# The path of an address may hold one of its own.
function Hide-InAddress([string] $Text) {
    if ($Text -match '\Ahttps?://(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?(?:[/?#]|\z)') { return $Text }
    return Hide-Credential $Text
}

# 'id=Kind|data': bytes with a text that has an @ are not told, nor what shows of other kinds.
function Hide-InValue([string] $Line) {
    if ($Line -match '\A[^=]+=Other\|[A-Z_]*' -or $Line -match '\A[^=]+=Binary\|(?=(?:..)*?[2-7].40[2-7].)') { return $Matches[0] }
    return Hide-Credential $Line
}

# What a program said of an address may cite a part of it once more.
function Hide-InWords([string] $Text) { return $Text -replace '(?s)(?:https?://|[^\s:"'']{1,100}:).*@.*\z', '***' }

# --- The check

# 0, 1 or 2; what is printed goes before it.
function Start-Check {
    if ($Rest.Count -gt 0) {
        "'$($Rest -join ' ')' is nothing that this check takes: -OutFile FILE, -Proxy host:port or direct, -TimeoutMs N."
        return 2
    }
    $list = ConvertFrom-Json -InputObject ($json -join '')
    $time = 0
    if ($TimeoutMs -match '\A\d{1,6}\z') { $time = [int]$TimeoutMs }
    if ($time -eq 0 -and $TimeoutMs -match '\A0+\z') { $time = [int]$list.selection.timeoutMs }
    if ($time -lt 100 -or $time -gt 120000) {
        "'$TimeoutMs' is no time. Give -TimeoutMs in milliseconds, 100 to 120000."
        return 2
    }
    if (-not $OutFile) { $OutFile = "outbound-check_$env:COMPUTERNAME.json" }
    # Found out before, and not after minutes. What stands in the file stays until there is something better.
    try {
        if ((Test-Path -LiteralPath $OutFile) -and (Get-Item -LiteralPath $OutFile -Force).PSIsContainer) { throw 'That is a folder.' }
        Set-Content -LiteralPath "$OutFile.part" -Value '' -Encoding UTF8
        Remove-Item -LiteralPath "$OutFile.part"
    }
    catch {
        "'$OutFile' cannot be written. Give -OutFile with a file in a folder that you may write to. $($_.Exception.Message)"
        return 2
    }
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
    $names = 'computerName', 'machineWide', 'perUserPolicy', 'server', 'bypass', 'pacUrl', 'autoDetect', 'detects', 'readable',
        'leftoverServer', 'languageMode', 'addresses'
    foreach ($name in $names) { $setting[$name] = $whole.$name }
    $setting.values = @(foreach ($line in @($whole.values)) { Hide-InValue $line })
    $setting.serviceProxies = @(foreach ($line in @($whole.serviceProxies)) { Hide-Credential $line })
    $setting.server = Hide-Credential $setting.server
    $setting.leftoverServer = Hide-Credential $setting.leftoverServer
    $setting.pacUrl = Hide-InAddress $setting.pacUrl
    $setting.arcAgent = $null
    if ($null -ne $whole.arcAgent -and $null -ne $whole.arcAgent['unread']) {
        $setting.arcAgent = @{ unread = Hide-InWords $whole.arcAgent.unread }
    }
    elseif ($null -ne $whole.arcAgent) {
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
    $detection = ''
    if ($way.kind -eq 'own' -and $setting.detects) { $detection = [string](Find-ProxyScript) }
    # As every check: services see no account's proxy.
    $own = @{ server = ''; bypass = @() }
    if ($setting.machineWide) { $own = @{ server = $setting.server; bypass = $setting.bypass } }
    if ($way.kind -eq 'proxy') { $own = @{ server = $way.proxy; bypass = @() } }
    if ($way.kind -eq 'direct') { $own = @{ server = ''; bypass = @() } }
    $targets = @($list.endpoints | Where-Object { $null -eq $_.untested })
    $untested = @($list.endpoints | Where-Object { $null -ne $_.untested })
    if ($targets.Count -eq 0) {
        "The list has nothing that can be tested from here; rules that no node tries: $($untested.Count)."
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
        if ([string]$report -notmatch '\AT(\d+)\t') { continue }
        $number = [int]$Matches[1]
        $i = $numbers[$number]
        $outcomes[$i] = Get-Outcome ([string]$report) $targets[$i] $endpoints[$number].proxy
    }
    foreach ($report in $timeReports) {
        if ([string]$report -match '\AM(\d+)\t') { $outcomes[$timeNumbers[[int]$Matches[1]]] = Get-TimeOutcome ([string]$report -split "`t", 6) }
    }
    $proxies = @{}
    for ($number = 0; $number -lt $numbers.Count; $number++) { $proxies[$numbers[$number]] = $endpoints[$number].proxy }
    $missed = 0
    $codes = @()
    for ($i = 0; $i -lt $targets.Count; $i++) {
        $outcome = @{ code = 'no-report'; detail = '' }
        if ($outcomes.ContainsKey($i)) { $outcome = $outcomes[$i] }
        $codes += $outcome.code
        $sign = 'ok    '
        if ($answers -notcontains $outcome.code) { $sign = 'FAILED'; $missed++ }
        $by = ''
        if ($proxies[$i]) { $by = " by $($proxies[$i])" }
        $detail = ''
        if ($outcome.detail) { $detail = " ($($outcome.detail))" }
        "$sign  $($targets[$i].host):$($targets[$i].port)/$($targets[$i].protocol)$by  $($words[$outcome.code])$detail"
    }
    foreach ($entry in $untested) {
        $why = [string]$entry.untested
        if ($reasons.ContainsKey($why)) { $why = $reasons[$why] }
        "not tested  $($entry.host):$($entry.port)/$($entry.protocol)  $why"
    }
    Get-Notice $whole $way
    Get-SignerLine $reports
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
        detection = $detection
        outcomes  = @($codes)
        proxies   = @(for ($i = 0; $i -lt $targets.Count; $i++) { [string]$proxies[$i] })
        reports   = @(foreach ($report in $reports) { [string]$report })
        times     = @(foreach ($report in $timeReports) { [string]$report })
    }
    "$missed of $($targets.Count) endpoints did not answer; rules that no node tries, so not tested: $($untested.Count)."
    try { Set-Content -LiteralPath $OutFile -Value (ConvertTo-Json -InputObject $result -Compress -Depth 8) -Encoding UTF8 }
    catch {
        "The measurements could not be written to '$OutFile': $($_.Exception.Message) Give another -OutFile and run it again."
        return 2
    }
    "Measurements: $((Get-Item -LiteralPath $OutFile -Force).FullName)"
    'Import that file in the tool for the verdicts: whose answer it was, only they say.'
    if ($missed -gt 0) { return 1 }
    return 0
}

$end = @{ code = 2 }
try { Start-Check | ForEach-Object { if ($_ -is [int]) { $end.code = $_ } else { $_ } } }
catch {
    $end.code = 2
    $why = [string]$_.Exception.Message
    if ($why.StartsWith('curl-missing:')) {
        $why = 'This computer has no curl.exe, which Windows has since version 1803 in System32; PATH may lack that folder. Put it there, or ask whether a policy keeps it away. (curl-missing)'
    }
    elseif ($why.StartsWith('curl-failed:')) {
        $why = "curl.exe of this computer did not run or knows none of what it was asked; a policy may keep it from running. ($why)"
    }
    "Nothing was measured: $why"
}
exit $end.code
