<#
.SYNOPSIS
    Measures which endpoints this node can reach, and how far it comes with each.
.DESCRIPTION
    Looks up the name, connects, asks the proxy (when one is given), shakes hands with TLS and sends one HTTP request,
    for all endpoints at the same time. Writes one object for each endpoint as soon as it is finished: codes and
    measurements, no judgement. Changes nothing. Runs on Windows PowerShell 5.1 with .NET Framework 4.7.2 or later.

    The certificate is recorded whoever signed it, but no request is sent over a connection whose certificate is not
    trusted. Revocation is not checked.

    Where the node allows only the constrained language it ends with an error that begins with 'LanguageMode:'.
.NOTES
    Language: full
.ROLE
    Readers
.PARAMETER Endpoints
    Objects with id, host, port and protocol (https, http or tcp); with path, what the HTTP request asks for, of which
    then the beginning of the body is kept too. Without: '/'.
.PARAMETER ProxyServer
    The proxy as WinINet keeps it: 'host:port', or one for each protocol as in 'http=host:port;https=host:port'.
    Empty: no proxy.
.PARAMETER ProxyBypass
    Hosts that are reached without the proxy, as WinINet keeps them: '*' stands for any text, '<local>' for names
    without a dot.
.PARAMETER TimeoutMs
    Time for one endpoint, all its phases together. Windows takes about two seconds to report a refused connection:
    with less than three seconds a refusal can look like silence.
.PARAMETER DeadlineMs
    Time for the whole call. Endpoints that are not finished by then are reported as such.
.PARAMETER MaxConcurrent
    How many endpoints are measured at the same time.
.PARAMETER ConnectTo
    For each of the endpoints an address, to which it connects in place of what the name resolves to. Empty: as the name says.
.EXAMPLE
    Test-Endpoint -Endpoints @{ id = '1'; host = 'management.azure.com'; port = 443; protocol = 'https' }
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [AllowEmptyCollection()]
    [object[]]
    $Endpoints,

    [AllowEmptyString()]
    [string]
    $ProxyServer = '',

    [AllowEmptyCollection()]
    [AllowEmptyString()]
    [string[]]
    $ProxyBypass = @(),

    [ValidateRange(100, 120000)]
    [int]
    $TimeoutMs = 5000,

    [ValidateRange(100, 3600000)]
    [int]
    $DeadlineMs = 60000,

    [ValidateRange(1, 1000)]
    [int]
    $MaxConcurrent = 200,

    [AllowEmptyCollection()]
    [AllowEmptyString()]
    [string[]]
    $ConnectTo = @()
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

# Tried, not looked up: the mode that a session names is not always the one that is enforced.
try { $null = [Diagnostics.Stopwatch]::GetTimestamp() }
catch { throw "LanguageMode:$($ExecutionContext.SessionState.LanguageMode): $($_.Exception.Message)" }

$pollMs = 10
# A round that lasted this much longer than it worked: the script was not running.
$lostAfterMs = 250
# Sleeps end late even on an idle machine, on Windows by a tick of its clock or two: that is no hold-up.
$sleepsLateMs = 100
$maxAddresses = 4       # of one name, tried one after the other ...
$nextAddressMs = 500    # ... but the next one starts when the one before has been silent for so long
# An open port of which nothing but the connection is wanted: one that is cut sooner was not really open.
$settleMs = 1000
# Devices end lines with a line feed alone, too (RFC 9112, section 2.2).
$headerEnd = [regex]'\r?\n\r?\n'
$statusLine = [regex]'(?i)^HTTP/\d\.\d ([1-9]\d\d)(?!\d)'
$maxHeaderLength = 102400
$maxBodyLength = 512
$userAgent = 'OutboundConnectivity/1.0'

$zeroStamp = [Diagnostics.Stopwatch]::GetTimestamp()
$stampsPerMs = [Diagnostics.Stopwatch]::Frequency / 1000.0

# --- Delegates that run on pool threads. A script block needs a runspace and has none there, so they are compiled from
#     expression trees: no compiler process, no file on disk.

# Action<Task, object>: notes under the object when the task ended, on the very thread that ended it, so that polling
# costs no accuracy. Not under the task: the framework hands out the same finished task again and again.
function New-StampDelegate([Collections.Concurrent.ConcurrentDictionary[object, long]] $Stamps) {
    $x = [Linq.Expressions.Expression]
    $task = $x::Parameter([Threading.Tasks.Task], 'task')
    $mark = $x::Parameter([object], 'mark')
    $now = $x::Call([Diagnostics.Stopwatch].GetMethod('GetTimestamp'))
    $add = $x::Call($x::Constant($Stamps), $Stamps.GetType().GetMethod('TryAdd'),
        [Linq.Expressions.Expression[]]@($mark, $now))
    return $x::Lambda([Action[Threading.Tasks.Task, object]], $add,
        [Linq.Expressions.ParameterExpression[]]@($task, $mark)).Compile()
}

# RemoteCertificateValidationCallback: notes policy errors, the chain's certificates and its states under the stream that
# asked. Copies are taken at once: the framework empties the chain when the callback returns. Says yes to everything, since
# a refused handshake would hide the issuer; whether to go on is decided afterwards.
function New-CertificateRecorder([Collections.Concurrent.ConcurrentDictionary[object, object[]]] $Records) {
    $x = [Linq.Expressions.Expression]
    $certificateType = [Security.Cryptography.X509Certificates.X509Certificate]
    $chainType = [Security.Cryptography.X509Certificates.X509Chain]
    $elementType = [Security.Cryptography.X509Certificates.X509ChainElement]
    $sender = $x::Parameter([object], 'sender')
    $certificate = $x::Parameter($certificateType, 'certificate')
    $chain = $x::Parameter($chainType, 'chain')
    $policyErrors = $x::Parameter([Net.Security.SslPolicyErrors], 'policyErrors')
    $element = $x::Parameter($elementType, 'element')
    $null1 = $x::Constant($null, [object])

    $rawData = $x::Lambda($x::Property($x::Property($element, 'Certificate'), 'RawData'),
        [Linq.Expressions.ParameterExpression[]]@($element))
    $elements = $x::Call([Linq.Enumerable], 'Cast', [Type[]]@($elementType),
        [Linq.Expressions.Expression[]]@($x::Property($chain, 'ChainElements')))
    $selected = $x::Call([Linq.Enumerable], 'Select', [Type[]]@($elementType, [byte[]]),
        [Linq.Expressions.Expression[]]@($elements, $rawData))
    $copied = $x::Call([Linq.Enumerable], 'ToArray', [Type[]]@([byte[]]), [Linq.Expressions.Expression[]]@($selected))

    $noChain = $x::Equal($chain, $x::Constant($null, $chainType))
    $noCertificate = $x::Equal($certificate, $x::Constant($null, $certificateType))
    $leaf = $x::Call($certificate, $certificateType.GetMethod('GetRawCertData', [Type[]]@()))
    $record = $x::NewArrayInit([object], [Linq.Expressions.Expression[]]@(
            $x::Convert($policyErrors, [object]),
            $x::Condition($noCertificate, $null1, $x::Convert($leaf, [object])),
            $x::Condition($noChain, $null1, $x::Convert($copied, [object])),
            $x::Condition($noChain, $null1, $x::Convert($x::Property($chain, 'ChainStatus'), [object]))))
    $add = $x::Call($x::Constant($Records), $Records.GetType().GetMethod('TryAdd'),
        [Linq.Expressions.Expression[]]@($sender, $record))
    $body = $x::Block([Linq.Expressions.Expression[]]@($add, $x::Constant($true)))
    return $x::Lambda([Net.Security.RemoteCertificateValidationCallback], $body,
        [Linq.Expressions.ParameterExpression[]]@($sender, $certificate, $chain, $policyErrors)).Compile()
}

$stamps = [Collections.Concurrent.ConcurrentDictionary[object, long]]::new()
$records = [Collections.Concurrent.ConcurrentDictionary[object, object[]]]::new()
$recorder = New-CertificateRecorder $records
# Called through reflection: ContinueWith has so many overloads that engines may choose differently.
$continueWith = [Threading.Tasks.Task].GetMethod('ContinueWith',
    [Type[]]@([Action[Threading.Tasks.Task, object]], [object], [Threading.Tasks.TaskContinuationOptions]))
$stampDelegate = New-StampDelegate $stamps

# --- Small helpers

function Get-Field($Object, [string] $Name) {
    if ($Object -is [Collections.IDictionary]) {
        if ($Object.Contains($Name)) { return $Object[$Name] }
        return $null
    }
    if ($null -eq $Object) { return $null }
    $property = $Object.PSObject.Properties[$Name]
    if ($null -eq $property) { return $null }
    return $property.Value
}

# Milliseconds since the script began; one clock for everything.
function Get-Elapsed { return ([Diagnostics.Stopwatch]::GetTimestamp() - $zeroStamp) / $stampsPerMs }

# A task that is being watched: Get-EndTime says when it ended.
function Watch-Task($Task) {
    $watch = @{ task = $Task; mark = [object]::new() }
    $null = $continueWith.Invoke($Task, [object[]]@(
            $stampDelegate, $watch.mark, [Threading.Tasks.TaskContinuationOptions]::ExecuteSynchronously))
    return $watch
}
function Test-Ended($Watch) { return $stamps.ContainsKey($Watch.mark) }
function Get-EndTime($Watch) { return ($stamps[$Watch.mark] - $zeroStamp) / $stampsPerMs }
function Test-Failed($Watch) { return ($Watch.task.IsFaulted -or $Watch.task.IsCanceled) }

function Get-RootException([Exception] $Exception) {
    $inner = $Exception
    while ($null -ne $inner -and $null -ne $inner.InnerException) { $inner = $inner.InnerException }
    return $inner
}

# A short stable code for what went wrong; the engine's own words differ with its language.
function Get-FailureCode([Exception] $Exception) {
    if ($null -eq $Exception) { return 'Cancelled' }
    if ($Exception -is [Net.Sockets.SocketException]) {
        return [string]([Net.Sockets.SocketException]$Exception).SocketErrorCode
    }
    if ($Exception -is [IO.IOException]) { return 'ConnectionClosed' }
    $tls = Get-TlsFailureCode $Exception
    if ($tls) { return $tls }
    return ($Exception.GetType().Name -replace 'Exception$', '')
}

# Why the other side ended a handshake. Windows tells an alert by an error of its own, see 'Schannel Error Codes for TLS and
# SSL Alerts' (learn.microsoft.com/windows/win32/secauthn/schannel-error-codes-for-tls-and-ssl-alerts); OpenSSL in words.
function Get-TlsFailureCode([Exception] $Exception) {
    $number = 0
    if ($Exception -is [ComponentModel.Win32Exception]) { $number = ([ComponentModel.Win32Exception]$Exception).NativeErrorCode }
    switch ('{0:X8}' -f $number) {
        '80090302' { return 'TlsVersion' }      # SEC_E_UNSUPPORTED_FUNCTION: alert protocol_version
        '80090331' { return 'TlsVersion' }      # SEC_E_ALGORITHM_MISMATCH: no version or cipher in common
        '80090326' { return 'TlsAlert' }        # SEC_E_ILLEGAL_MESSAGE: alerts handshake_failure, unexpected_message ...
        '80090304' { return 'TlsAlert' }        # SEC_E_INTERNAL_ERROR: alerts access_denied, internal_error
        '80090308' { return 'NotTls' }          # SEC_E_INVALID_TOKEN: what came is no TLS
    }
    $words = $Exception.Message
    if ($words -match 'alert protocol version|unsupported protocol') { return 'TlsVersion' }
    if ($words -match 'wrong version number|http request|packet length too long|frame size') { return 'NotTls' }
    if ($words -match '\balert\b') { return 'TlsAlert' }
    return ''
}

# --- Proxy settings as WinINet understands them

# 'host:port' for everything, or 'http=...;https=...' with one for each protocol; the first usable one counts.
function Get-ProxyFor([string] $Protocol) {
    $entries = @($ProxyServer -split '[;\s]+' | Where-Object { $_ })
    $wanted = 'https'
    if ($Protocol -eq 'http') { $wanted = 'http' }
    foreach ($entry in $entries) {
        $address = $entry
        if ($entry -match '^([A-Za-z]+)=(.*)$') {
            if ($Matches[1] -ne $wanted) { continue }
            $address = $Matches[2]
        }
        $address = $address -replace '^[A-Za-z]+://', '' -replace '/.*$', ''
        if ($address -match '^\[?([^\[\]=@]+?)\]?(?::(\d{1,5}))?$') {
            $port = 80
            if ($Matches.Count -gt 2) { $port = [int]$Matches[2] }
            return @{ host = $Matches[1]; port = $port; text = "$address" }
        }
    }
    return $null
}

# A bypass entry may carry a scheme and a port; only '*' is special in it.
function ConvertTo-BypassPattern([string] $Entry) {
    $pattern = $Entry -replace '^[A-Za-z]+://', ''
    $port = 0
    if ($pattern -match '^(.*[^:]):(\d{1,5})$' -and ($pattern.StartsWith('[') -or $Matches[1].IndexOf(':') -lt 0)) {
        $pattern = $Matches[1]
        $port = [int]$Matches[2]
    }
    $text = [regex]::Escape($pattern.Trim('[', ']')) -replace '\\\*', '.*'
    return @{ local = ($Entry -eq '<local>'); port = $port; regex = "^$text$" }
}

function Test-Bypassed([string] $HostName, [int] $Port) {
    foreach ($pattern in $bypassPatterns) {
        if ($pattern.local) {
            if ($HostName.IndexOf('.') -lt 0 -and $HostName.IndexOf(':') -lt 0) { return $true }
            continue
        }
        if ($pattern.port -ne 0 -and $pattern.port -ne $Port) { continue }
        if ($HostName -match $pattern.regex) { return $true }
    }
    return $false
}

$bypassPatterns = @($ProxyBypass | ForEach-Object { $_ -split '[;\s]+' } | Where-Object { $_ } |
        ForEach-Object { ConvertTo-BypassPattern $_ })
$proxies = @{ https = (Get-ProxyFor 'https'); http = (Get-ProxyFor 'http'); tcp = (Get-ProxyFor 'tcp') }

# --- One endpoint is a probe: a small state machine that goes from phase to phase

function New-Probe($Endpoint) {
    $protocol = ([string](Get-Field $Endpoint 'protocol')).ToLowerInvariant()
    if ($protocol -ne 'http' -and $protocol -ne 'tcp') { $protocol = 'https' }
    $hostName = [string](Get-Field $Endpoint 'host')
    $port = [int](Get-Field $Endpoint 'port')
    # Only a path: what could end the request line or begin another is not one.
    $path = [string](Get-Field $Endpoint 'path')
    if ($path -notmatch '^/[\x21-\x7E]*$') { $path = '' }
    $proxy = $proxies[$protocol]
    if ($null -ne $proxy -and (Test-Bypassed $hostName $port)) { $proxy = $null }
    # Endpoints are taken from the queue in their order.
    $number = $Endpoints.Count - $waiting.Count - 1
    $address = $null
    if ($null -eq $proxy -and $number -lt $ConnectTo.Count -and
        [Net.IPAddress]::TryParse($ConnectTo[$number], [ref] $address)) { $address = $address.ToString() }
    return @{
        address = $address
        id = [string](Get-Field $Endpoint 'id'); host = $hostName; port = $port; protocol = $protocol; proxy = $proxy
        path = $path; outcome = ''; phases = [Collections.Generic.List[object]]::new(); addresses = @(); certificates = @()
        source = ''
        tlsErrors = @(); http = $null; proxyStatus = $null; startedAt = ''
        spent = 0.0; lost = 0.0; phaseEnd = 0.0; notBefore = 0.0; phase = ''; phaseStart = 0.0; watch = $null
        candidates = @(); nextCandidate = 0; attempts = [Collections.Generic.List[object]]::new(); lastAttempt = 0.0
        client = $null; tls = $null; stream = $null; buffer = $null; text = ''
    }
}

function Start-Phase($Probe, [string] $Phase) {
    $Probe.phase = $Phase
    $Probe.phaseStart = Get-Elapsed
}

function Write-Phase($Probe, [double] $EndTime, [string] $Outcome, [string] $Code, [string] $Detail) {
    # Not below zero: a shared name look-up may have ended before this probe began.
    $ms = [math]::Round([math]::Max(0.0, $EndTime - $Probe.phaseStart), 1)
    $Probe.spent += $ms
    $Probe.phaseEnd = $EndTime
    $Probe.phases.Add([pscustomobject]@{
            phase = $Probe.phase; ms = $ms; outcome = $Outcome; code = $Code; detail = $Detail
        })
}

function Undo-LastPhase($Probe, [string] $Code, [string] $Detail) {
    $last = $Probe.phases[$Probe.phases.Count - 1]
    $last.outcome = 'failed'
    $last.code = $Code
    $last.detail = $Detail
}

function Close-Probe($Probe) {
    foreach ($attempt in $Probe.attempts) {
        if (-not [object]::ReferenceEquals($attempt.client, $Probe.client)) { Close-Quietly $attempt.client }
    }
    $Probe.attempts.Clear()
    if ($null -ne $Probe.client) { Close-Quietly $Probe.client }
    if ($null -ne $Probe.tls) { Close-Quietly $Probe.tls }
}

# Closing a socket in the middle of its work may throw; the work is over either way.
function Close-Quietly($Disposable) {
    try { $Disposable.Dispose() } catch { $null = $_ }
}

function Complete-Probe($Probe, [string] $Outcome) {
    $Probe.outcome = $Outcome
    Close-Probe $Probe
}

function Stop-Failed($Probe, [double] $EndTime, [Exception] $Exception, [string] $Detail) {
    $root = Get-RootException $Exception
    $words = $Detail
    if (-not $words -and $null -ne $root) { $words = $root.Message }
    Write-Phase $Probe $EndTime 'failed' (Get-FailureCode $root) $words
    Complete-Probe $Probe 'done'
}

function ConvertTo-Observation($Probe) {
    $route = 'direct'
    $proxyText = ''
    if ($null -ne $Probe.proxy) { $route = 'proxy'; $proxyText = "$($Probe.proxy.host):$($Probe.proxy.port)" }
    $heldUp = $null
    if ($Probe.lost -gt 0) { $heldUp = [math]::Round($Probe.lost, 1) }
    return [pscustomobject]@{
        id = $Probe.id; host = $Probe.host; port = $Probe.port; protocol = $Probe.protocol
        route = $route; proxy = $proxyText; outcome = $Probe.outcome; phases = @($Probe.phases.ToArray())
        addresses = @($Probe.addresses); certificates = @($Probe.certificates); tlsErrors = @($Probe.tlsErrors)
        http = $Probe.http; proxyStatus = $Probe.proxyStatus; startedAt = $Probe.startedAt
        path = $Probe.path; heldUpMs = $heldUp; source = $Probe.source
    }
}

# --- Phase: name. One look-up for each name, however many endpoints use it.

$lookups = @{}
function Start-Name($Probe) {
    Start-Phase $Probe 'name'
    $name = $Probe.host
    if ($null -ne $Probe.proxy) { $name = $Probe.proxy.host }
    elseif ($null -ne $Probe.address) { $name = $Probe.address }
    if (-not $lookups.ContainsKey($name)) { $lookups[$name] = Watch-Task ([Net.Dns]::GetHostAddressesAsync($name)) }
    $Probe.watch = $lookups[$name]
}

function Step-Name($Probe) {
    $ended = Get-EndTime $Probe.watch
    if (Test-Failed $Probe.watch) { Stop-Failed $Probe $ended $Probe.watch.task.Exception ''; return }
    # IPv4 first: where IPv6 is half set up it costs time and says nothing about the firewall.
    $ordered = [Collections.Generic.List[object]]::new()
    $sixes = [Collections.Generic.List[object]]::new()
    foreach ($address in $Probe.watch.task.Result) {
        if ($address.AddressFamily -eq [Net.Sockets.AddressFamily]::InterNetwork) { $ordered.Add($address) }
        elseif ($address.AddressFamily -eq [Net.Sockets.AddressFamily]::InterNetworkV6) { $sixes.Add($address) }
    }
    $ordered.AddRange($sixes)
    $Probe.addresses = @(foreach ($address in $ordered) { $address.ToString() })
    if ($ordered.Count -eq 0) {
        Write-Phase $Probe $ended 'failed' 'NoData' ''
        Complete-Probe $Probe 'done'
        return
    }
    Write-Phase $Probe $ended 'ok' '' ''
    # The first few addresses, with one IPv6 address among them when there is one.
    if ($ordered.Count -gt $maxAddresses) {
        if ($sixes.Count -gt 0) { $ordered[$maxAddresses - 1] = $sixes[0] }
        $ordered.RemoveRange($maxAddresses, $ordered.Count - $maxAddresses)
    }
    $Probe.candidates = $ordered
    Start-Phase $Probe 'connect'
    Start-Attempt $Probe
}

# --- Phase: connect. Addresses overlap, so that one dead address of several does not use up the time.

function Start-Attempt($Probe) {
    $address = $Probe.candidates[$Probe.nextCandidate]
    $Probe.nextCandidate++
    $Probe.lastAttempt = Get-Elapsed
    $port = $Probe.port
    if ($null -ne $Probe.proxy) { $port = $Probe.proxy.port }
    $client = [Net.Sockets.TcpClient]::new($address.AddressFamily)
    $attempt = @{ address = $address; client = $client; watch = $null; failed = $false }
    $Probe.attempts.Add($attempt)
    $attempt.watch = Watch-Task ($client.ConnectAsync($address, $port))
}

function Step-Connect($Probe) {
    $open = 0
    $lastEnd = 0.0
    foreach ($attempt in $Probe.attempts) {
        if (-not (Test-Ended $attempt.watch)) { $open++; continue }
        $attempt.failed = Test-Failed $attempt.watch
        if (-not $attempt.failed) { Complete-Connect $Probe $attempt; return }
        $lastEnd = [math]::Max($lastEnd, (Get-EndTime $attempt.watch))
    }
    if ($Probe.nextCandidate -lt $Probe.candidates.Count) {
        if ($open -eq 0 -or (Get-Elapsed) - $Probe.lastAttempt -ge $nextAddressMs) { Start-Attempt $Probe }
        return
    }
    if ($open -gt 0) { return }
    # All failed: the first address says why, the others are listed.
    $detail = @($Probe.attempts | ForEach-Object {
            "$($_.address): $(Get-FailureCode (Get-RootException $_.watch.task.Exception))"
        }) -join '; '
    Stop-Failed $Probe $lastEnd $Probe.attempts[0].watch.task.Exception $detail
}

function Complete-Connect($Probe, $Attempt) {
    $Probe.client = $Attempt.client
    # The node's own address, by which firewalls know it. A connection that was cut at once has none any more.
    try { $Probe.source = $Attempt.client.Client.LocalEndPoint.Address.ToString() } catch { $Probe.source = '' }
    foreach ($other in $Probe.attempts) {
        if (-not [object]::ReferenceEquals($other, $Attempt)) { Close-Quietly $other.client }
    }
    $Probe.attempts.Clear()
    Write-Phase $Probe (Get-EndTime $Attempt.watch) 'ok' '' $Attempt.address.ToString()
    if ($null -ne $Probe.proxy -and $Probe.protocol -ne 'http') { Start-Connect $Probe }
    else { Start-Service $Probe }
}

# What follows once bytes reach the endpoint itself.
function Start-Service($Probe) {
    switch ($Probe.protocol) {
        'tcp' { Start-Settle $Probe }
        'http' { Start-Http $Probe }
        default { Start-Tls $Probe }
    }
}

# --- A TCP port alone: whether what was opened stays open for a moment. No phase of its own; what it finds undoes the last one.

function Start-Settle($Probe) {
    $Probe.buffer = [byte[]]::new(1)
    $stream = $Probe.client.GetStream()
    Start-Phase $Probe 'settle'
    $Probe.watch = Watch-Task ($stream.ReadAsync($Probe.buffer, 0, 1))
}

function Step-Settle($Probe) {
    # Since it was opened, whenever this script came to look.
    if ((Get-EndTime $Probe.watch) - $Probe.phaseEnd -lt $settleMs) {
        if (Test-Failed $Probe.watch) {
            $root = Get-RootException $Probe.watch.task.Exception
            Undo-LastPhase $Probe (Get-FailureCode $root) $root.Message
        }
        elseif ($Probe.watch.task.Result -eq 0) { Undo-LastPhase $Probe 'ConnectionClosed' '' }
    }
    Complete-Probe $Probe 'done'
}

# --- Phases: proxy and http. Both send a few lines and read up to the end of the header.

function Start-Exchange($Probe, [string] $Phase, $Stream, [string] $Request) {
    $bytes = [Text.Encoding]::ASCII.GetBytes($Request)
    $Probe.stream = $Stream
    $Probe.text = ''
    $Probe.buffer = [byte[]]::new(4096)
    Start-Phase $Probe $Phase
    $null = $Stream.WriteAsync($bytes, 0, $bytes.Length)     # a failure to write shows in the read
    $Probe.watch = Watch-Task ($Stream.ReadAsync($Probe.buffer, 0, $Probe.buffer.Length))
}

function Get-Authority($Probe, [bool] $AlwaysPort) {
    $name = $Probe.host
    if ($name.IndexOf(':') -ge 0) { $name = "[$name]" }
    $usual = 443
    if ($Probe.protocol -eq 'http') { $usual = 80 }
    if ($AlwaysPort -or $Probe.port -ne $usual) { return "${name}:$($Probe.port)" }
    return $name
}

function Start-Connect($Probe) {
    $authority = Get-Authority $Probe $true
    Start-Exchange $Probe 'proxy' $Probe.client.GetStream() (
        "CONNECT $authority HTTP/1.1`r`nHost: $authority`r`nUser-Agent: $userAgent`r`n`r`n")
}

function Start-Http($Probe) {
    $authority = Get-Authority $Probe $false
    $target = '/'
    if ($Probe.path) { $target = $Probe.path }
    $stream = $Probe.client.GetStream()
    if ($null -ne $Probe.tls) { $stream = $Probe.tls }
    elseif ($null -ne $Probe.proxy) { $target = "http://$authority$target" }
    Start-Exchange $Probe 'http' $stream (
        "GET $target HTTP/1.1`r`nHost: $authority`r`nUser-Agent: $userAgent`r`nAccept: */*`r`nConnection: close`r`n`r`n")
}

function Step-Exchange($Probe) {
    $ended = Get-EndTime $Probe.watch
    if (Test-Failed $Probe.watch) {
        if (Test-Answered $Probe) { Complete-Exchange $Probe $ended; return }
        Stop-Failed $Probe $ended $Probe.watch.task.Exception ''
        return
    }
    $count = $Probe.watch.task.Result
    if ($count -gt 0) { $Probe.text += [Text.Encoding]::ASCII.GetString($Probe.buffer, 0, $count) }
    # A 1xx only says that the answer is still to come (RFC 9110, section 15.2).
    while ($Probe.text -match '^HTTP/\d\.\d 1\d\d' -and $headerEnd.IsMatch($Probe.text)) {
        $Probe.text = $headerEnd.Split($Probe.text, 2)[1]
    }
    if ($count -gt 0 -and -not (Test-Whole $Probe)) {
        $Probe.watch = Watch-Task ($Probe.stream.ReadAsync($Probe.buffer, 0, $Probe.buffer.Length))
        return
    }
    Complete-Exchange $Probe $ended
}

# Whether the header is there; only the rest of the body may not be.
function Test-Answered($Probe) { return $Probe.phase -eq 'http' -and $headerEnd.IsMatch($Probe.text) }

# Whether nothing more of an answer is wanted: its header; with a path the beginning of its body too.
function Test-Whole($Probe) {
    $match = $headerEnd.Match($Probe.text)
    if (-not $match.Success) { return $Probe.text.Length -ge $maxHeaderLength }
    if ($Probe.phase -ne 'http' -or -not $Probe.path) { return $true }
    $length = $maxBodyLength
    if ($Probe.text.Substring(0, $match.Index) -match '(?im)^content-length:\s*(\d{1,9})\s*$') {
        $length = [math]::Min($length, [int]$Matches[1])
    }
    return $Probe.text.Length -ge $match.Index + $match.Length + $length
}

function Complete-Exchange($Probe, [double] $EndTime) {
    $ended = $EndTime
    $line = $statusLine.Match($Probe.text)
    if (-not $line.Success) {
        $code = 'NotHttp'
        if (-not $Probe.text) { $code = 'ConnectionClosed' }
        Write-Phase $Probe $ended 'failed' $code ''
        Complete-Probe $Probe 'done'
        return
    }
    $status = [int]$line.Groups[1].Value
    if ($Probe.phase -eq 'http') { Complete-Http $Probe $ended $status }
    else { Complete-Tunnel $Probe $ended $status }
}

function Complete-Tunnel($Probe, [double] $EndTime, [int] $Status) {
    $Probe.proxyStatus = $Status
    if ($Status -lt 200 -or $Status -gt 299) {
        Write-Phase $Probe $EndTime 'failed' "Status$Status" ''
        Complete-Probe $Probe 'done'
        return
    }
    Write-Phase $Probe $EndTime 'ok' '' ''
    Start-Service $Probe
}

function Complete-Http($Probe, [double] $EndTime, [int] $Status) {
    $values = @{ server = ''; via = ''; location = ''; 'content-type' = ''; 'content-length' = ''; date = '' }
    $names = [Collections.Generic.List[string]]::new()
    $parts = @($headerEnd.Split($Probe.text, 2))
    # A line that begins with a blank goes on with the one before (RFC 9112, section 5.2).
    foreach ($line in @($parts[0] -replace '\r?\n[ \t]+', ' ' -split '\r?\n')) {
        if ($line -notmatch '^([!#$%&''*+.^_`|~0-9A-Za-z-]+):\s*(.*?)\s*$') { continue }
        $name = $Matches[1].ToLowerInvariant()
        if (-not $names.Contains($name)) { $names.Add($name) }
        if ($values.ContainsKey($name) -and -not $values[$name]) { $values[$name] = $Matches[2] }
    }
    $Probe.http = [pscustomobject]@{
        status = $Status; server = $values.server; via = $values.via; location = $values.location
        headers = @($names.ToArray()); contentType = $values['content-type']; date = (ConvertTo-Instant $values.date)
        body = ''; contentLength = $null
    }
    if ($values['content-length'] -match '^\d{1,9}$') { $Probe.http.contentLength = [int]$values['content-length'] }
    if ($parts.Count -gt 1) {
        $Probe.http.body = $parts[1].Substring(0, [math]::Min($maxBodyLength, $parts[1].Length))
    }
    Write-Phase $Probe $EndTime 'ok' '' ''
    Complete-Probe $Probe 'done'
}

# A date as HTTP writes it, in the form in which dates are reported; '' when it is none.
function ConvertTo-Instant([string] $Text) {
    $date = [DateTime]::MinValue
    $styles = [Globalization.DateTimeStyles]'AssumeUniversal, AdjustToUniversal'
    if ([DateTime]::TryParseExact($Text, 'r', [Globalization.CultureInfo]::InvariantCulture, $styles, [ref]$date)) {
        return $date.ToString('o')
    }
    return ''
}

# --- Phase: tls

function Start-Tls($Probe) {
    $Probe.tls = [Net.Security.SslStream]::new($Probe.client.GetStream(), $false, $recorder)
    Start-Phase $Probe 'tls'
    # TLS 1.2 by name: all services take it, and 'the system's default' means different things to different host processes.
    $Probe.watch = Watch-Task ($Probe.tls.AuthenticateAsClientAsync($Probe.host,
            [Security.Cryptography.X509Certificates.X509CertificateCollection]::new(),
            [Security.Authentication.SslProtocols]::Tls12, $false))
}

function Step-Tls($Probe) {
    $ended = Get-EndTime $Probe.watch
    Save-Certificates $Probe
    if (Test-Failed $Probe.watch) { Stop-Failed $Probe $ended $Probe.watch.task.Exception ''; return }
    if ($Probe.tlsErrors.Count -gt 0) {
        Write-Phase $Probe $ended 'failed' 'Untrusted' ($Probe.tlsErrors -join ', ')
        Complete-Probe $Probe 'done'
        return
    }
    Write-Phase $Probe $ended 'ok' '' "$($Probe.tls.SslProtocol), $($Probe.tls.CipherAlgorithm)"
    Start-Http $Probe
}

function Save-Certificates($Probe) {
    $record = $null
    if (-not $records.TryRemove($Probe.tls, [ref]$record)) { return }
    $policyErrors = [string]$record[0]
    $Probe.tlsErrors = @(
        if ($policyErrors -ne 'None') { $policyErrors -split ',\s*' }
        foreach ($state in $record[3]) { if ($null -ne $state) { [string]$state.Status } }
    )
    $encoded = $record[2]
    if ($null -eq $encoded -and $null -ne $record[1]) { $encoded = @(, $record[1]) }
    $Probe.certificates = @(foreach ($bytes in $encoded) { ConvertTo-CertificateFact $bytes })
}

function ConvertTo-CertificateFact([byte[]] $Bytes) {
    $certificate = [Security.Cryptography.X509Certificates.X509Certificate2]::new($Bytes)
    try {
        return [pscustomobject]@{
            subject = $certificate.Subject; issuer = $certificate.Issuer; thumbprint = $certificate.Thumbprint
            notBefore = $certificate.NotBefore.ToUniversalTime().ToString('o')
            notAfter = $certificate.NotAfter.ToUniversalTime().ToString('o')
        }
    }
    finally { $certificate.Dispose() }
}

# --- The loop

function Step-Probe($Probe) {
    switch ($Probe.phase) {
        'name' { Step-Name $Probe }
        'connect' { Step-Connect $Probe }
        'tls' { Step-Tls $Probe }
        'settle' { Step-Settle $Probe }
        default { Step-Exchange $Probe }
    }
}

# Only time in which something was awaited counts: a phase that this script began late still has its time. A probe that was
# held up by the machine is given as much time after the hold-up as it lost, if it has not that much left.
function Get-GiveUpTime($Probe) {
    if ($Probe.phase -eq 'settle') { return $Probe.phaseStart + [math]::Min($settleMs, [math]::Max(0, $TimeoutMs - $Probe.spent)) }
    return [math]::Max($Probe.phaseStart + $TimeoutMs - $Probe.spent, $Probe.notBefore)
}

# When something is to be done for a probe although none of its tasks has ended.
function Get-DueTime($Probe) {
    $due = [math]::Min((Get-GiveUpTime $Probe), $DeadlineMs)
    if ($Probe.phase -eq 'connect' -and $Probe.nextCandidate -lt $Probe.candidates.Count) {
        return [math]::Min($due, $Probe.lastAttempt + $nextAddressMs)
    }
    return $due
}

# Something that no phase expects, such as a host that is no host name: it ends this probe only.
function Invoke-Step($Probe, [scriptblock] $Step) {
    try { & $Step $Probe }
    catch {
        if (-not $Probe.phase) { Start-Phase $Probe 'name' }
        $last = $null
        if ($Probe.phases.Count -gt 0) { $last = $Probe.phases[$Probe.phases.Count - 1] }
        if ($null -eq $last -or ($last.phase -ne $Probe.phase -and $Probe.phase -ne 'settle')) {
            Stop-Failed $Probe (Get-Elapsed) $_.Exception ''
            return
        }
        # What has ended well cannot end once more: it is undone. A socket that lost its connection was cut.
        $code = Get-FailureCode (Get-RootException $_.Exception)
        if ($null -ne $Probe.client -and -not $Probe.client.Connected) { $code = 'ConnectionReset' }
        Undo-LastPhase $Probe $code $_.Exception.Message
        Complete-Probe $Probe 'done'
    }
}

# A machine that had no time for this script - starved, or paused by its host - says nothing about the network: what it
# lost does not count against the endpoints. $DeadlineMs still does, and what it cuts off is reported as not finished.
# Time in which this process itself worked is not lost: it delays the end of a probe, not its answer.
function Add-LostTime([double] $RoundBegan, [double] $WorkedBefore) {
    $lost = (Get-Elapsed) - $RoundBegan - ((Get-WorkedTime) - $WorkedBefore) - $pollMs
    # Many short hold-ups are as bad as a long one.
    if ($lost -ge $sleepsLateMs) { $losses.soFar += $lost }
    if ($losses.soFar -lt $lostAfterMs) { return }
    $now = Get-Elapsed
    foreach ($probe in $active) {
        $probe.lost += $losses.soFar
        $probe.notBefore = [math]::Max($probe.notBefore, $now + [math]::Min($losses.soFar, $TimeoutMs))
    }
    $losses.soFar = 0.0
}

# Processor time of this process so far, in milliseconds.
function Get-WorkedTime { return $process.TotalProcessorTime.TotalMilliseconds }

function Stop-Late($Probe, [double] $Now) {
    # An open port that stayed open, or had no time to show that it does not: it was open.
    if ($Probe.phase -eq 'settle') { Complete-Probe $Probe 'done'; return }
    if ($Probe.phase -eq 'tls') { Save-Certificates $Probe }
    if (Test-Answered $Probe) { Complete-Exchange $Probe $Now; return }
    Write-Phase $Probe $Now 'timeout' '' ''
    if ($Now -ge (Get-GiveUpTime $Probe)) { Complete-Probe $Probe 'timeout' } else { Complete-Probe $Probe 'deadline' }
}

# Whether something of a probe has ended that was not looked at yet.
function Test-News($Probe) {
    if ($Probe.phase -ne 'connect') { return Test-Ended $Probe.watch }
    foreach ($attempt in $Probe.attempts) { if (-not $attempt.failed -and (Test-Ended $attempt.watch)) { return $true } }
    return $false
}

$losses = @{ soFar = 0.0 }
$start = { param($Probe) Start-Name $Probe }
$step = { param($Probe) Step-Probe $Probe }
$active = [Collections.Generic.List[object]]::new()
$waiting = [Collections.Generic.Queue[object]]::new()
foreach ($endpoint in $Endpoints) { $waiting.Enqueue($endpoint) }

# The framework resolves names on blocked pool threads, of which it keeps one for each core: without more of them look-ups
# would queue behind a silent name server.
$minWorkers = 0
$minIo = 0
[Threading.ThreadPool]::GetMinThreads([ref]$minWorkers, [ref]$minIo)
$wanted = [math]::Min(256, $waiting.Count + 16)
$null = [Threading.ThreadPool]::SetMinThreads([math]::Max($minWorkers, $wanted), [math]::Max($minIo, 64))

# Most rounds find nothing new, so a round looks at the probes only when a task has ended or something is due.
$process = [Diagnostics.Process]::GetCurrentProcess()
$endedBefore = -1
$due = 0.0
try {
    while ($waiting.Count -gt 0 -or $active.Count -gt 0) {
        $roundBegan = Get-Elapsed
        $workedBefore = Get-WorkedTime
        while ($waiting.Count -gt 0 -and $active.Count -lt $MaxConcurrent -and (Get-Elapsed) -lt $DeadlineMs) {
            $probe = New-Probe $waiting.Dequeue()
            $probe.startedAt = [DateTime]::UtcNow.ToString('o')
            $active.Add($probe)
            Invoke-Step $probe $start
            $due = 0.0
        }
        $now = Get-Elapsed
        $endedNow = $stamps.Count
        if ($endedNow -ne $endedBefore -or $now -ge $due) {
            $endedBefore = $endedNow
            $due = [double]::MaxValue
            for ($i = $active.Count - 1; $i -ge 0; $i--) {
                $probe = $active[$i]
                if (-not $probe.outcome -and ($probe.phase -eq 'connect' -or $stamps.ContainsKey($probe.watch.mark))) {
                    Invoke-Step $probe $step
                }
                # By the time at which the round began: what was lost since then is given back before the next one. And what
                # came in the meantime is looked at then.
                if (-not $probe.outcome -and ($now -ge (Get-GiveUpTime $probe) -or $now -ge $DeadlineMs) -and
                    ($now -ge $DeadlineMs -or -not (Test-News $probe))) {
                    Stop-Late $probe $now
                }
                if ($probe.outcome) {
                    $active.RemoveAt($i)
                    ConvertTo-Observation $probe
                }
                else { $due = [math]::Min($due, (Get-DueTime $probe)) }
            }
        }
        if ($now -ge $DeadlineMs) {
            while ($waiting.Count -gt 0) {
                $probe = New-Probe $waiting.Dequeue()
                $probe.outcome = 'deadline'
                ConvertTo-Observation $probe
            }
        }
        # Short sleeps, since a stop lands only between statements.
        if ($active.Count -gt 0) {
            [Threading.Thread]::Sleep($pollMs)
            Add-LostTime $roundBegan $workedBefore
        }
    }
}
finally {
    foreach ($probe in $active) { Close-Probe $probe }
    $process.Dispose()
    $null = [Threading.ThreadPool]::SetMinThreads($minWorkers, $minIo)
}
