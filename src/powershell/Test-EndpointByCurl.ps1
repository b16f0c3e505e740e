<#
.SYNOPSIS
    Measures which endpoints this node can reach, by Windows' own curl.exe, and how far it comes with each.
.DESCRIPTION
    One process of curl.exe looks up, connects, asks the proxy, shakes hands and sends one HTTP request, for all endpoints
    at the same time. What it cannot tell is asked afterwards, of the few endpoints that need it: why a name was not
    found (Resolve-DnsName), why a connection failed, and which certificates a chain has that the node does not trust.

    Writes texts, one for each endpoint as soon as it is finished; their lines are described in the tool's
    curl-report.ts, which reads them. Changes nothing, writes no file. A certificate is recorded whoever signed it, but
    only a connection whose certificate is trusted carries a request; in the second round, which asks without that
    condition, a HEAD request without any data. Revocation is not checked.

    Needs curl 7.66 of 2019 to measure side by side; an older one measures one endpoint after the other. Fails with
    a message that begins with one of these codes: curl-missing, curl-failed.
.NOTES
    Language: constrained
.ROLE
    Readers
.PARAMETER Endpoints
    Objects with id, host, port, protocol (https, http or tcp), and proxy (host:port; empty: direct).
.PARAMETER TimeoutMs
    Time for one endpoint, all its phases together.
.PARAMETER DeadlineMs
    Time for the whole call; endpoints that are not finished by then are left out.
.PARAMETER MaxConcurrent
    How many endpoints are measured at the same time.
.EXAMPLE
    Test-EndpointByCurl -Endpoints @{ id = '1'; host = 'management.azure.com'; port = 443; protocol = 'https'; proxy = '' }
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [AllowEmptyCollection()]
    [object[]]
    $Endpoints,

    [ValidateRange(100, 120000)]
    [int]
    $TimeoutMs = 5000,

    [ValidateRange(100, 3600000)]
    [int]
    $DeadlineMs = 60000,

    [ValidateRange(1, 300)]
    [int]
    $MaxConcurrent = 200
)

Set-StrictMode -Version 2.0
# Not Stop: in a remote session each line that a program writes to its error stream would then end the script.
$ErrorActionPreference = 'Continue'

$began = [datetime]::UtcNow
$tab = "`t"
# Around the report of a transfer; nothing else that curl writes looks like it.
$mark = '>>oc'
$endMark = '<<oc'
# curl hands its output on in blocks of 4096 bytes: what fills a block up lets go of what came before.
$filling = ' ' * 4096
# The last field may hold anything, tabs too.
$fields = '%{exitcode}\t%{http_code}\t%{http_connect}\t%{remote_ip}\t%{time_namelookup}\t%{time_connect}\t' +
    '%{time_appconnect}\t%{time_starttransfer}\t%{time_total}\t%{num_certs}\t%{errormsg}\n' +
    'from %{local_ip}\n%{certs}%{header_json}' +
    "\n$endMark\n$filling"
# Headers whose values are looked at; of the others the name is enough.
$otherHeader = '(?m)^(\{?)"(?!(?:server|via|location|content-type|content-length|date)")([^"]+)":\[.*?\](,?)\r?$'
# Schannel's words for a certificate that it does not accept, where curl's code says only that the handshake failed.
$refusedCertificate = '0x800B01|0x8009032[2578]'

function Get-Field($Object, [string] $Name) {
    if ($Object -is [hashtable]) { return [string]$Object[$Name] }
    if ($null -eq $Object) { return '' }
    $property = $Object.PSObject.Properties[$Name]
    if ($null -eq $property) { return '' }
    return [string]$property.Value
}

# Text that cannot end its line or its quotes in curl's configuration.
function Test-Plain([string] $Text) { return $Text -cmatch '\A[A-Za-z0-9._:\[\]-]*\z' }

function Get-Url($Probe) {
    $name = $Probe.host
    if ($name.IndexOf(':') -ge 0) { $name = "[$name]" }
    # A mail protocol waits for the other side to speak first: of an open port nothing more is wanted.
    $scheme = $Probe.protocol
    if ($scheme -eq 'tcp') { $scheme = 'pop3' }
    return "${scheme}://${name}:$($Probe.port)$($Probe.path)"
}

# What curl is told of one endpoint. Nothing that this computer has set for curl elsewhere counts.
function Get-Section([int] $Number, $Probe, [bool] $Again) {
    "url = `"$(Get-Url $Probe)`""
    'output = "NUL"'
    if ($Probe.proxy) {
        "proxy = `"http://$($Probe.proxy)`""
        'noproxy = ""'
        if ($Probe.protocol -eq 'tcp') { 'proxytunnel' }
    }
    else { 'noproxy = "*"' }
    "max-time = $seconds"
    if ($Probe.protocol -ne 'tcp') {
        # Of a body nothing is wanted.
        'max-filesize = 100000'
        'user-agent = "OutboundConnectivity/1.0"'
        'http1.1'
    }
    if ($Probe.protocol -eq 'https') {
        'tlsv1.2'
        'ssl-no-revoke'
        if ($Again) { 'insecure'; 'head' }
    }
    "write-out = `"\n$mark$Number\t$fields`""
    'next'
}

$invariant = [cultureinfo]::InvariantCulture
$seconds = ([double]$TimeoutMs / 1000).ToString($invariant)

# --- Certificates: each is described once in a call, and named by its number afterwards

$numbers = @{}
$known = @{ roots = $null }

function Get-CertificateLine([string] $Pem) {
    # One letter, one byte: the text as it stands is one of the forms that Windows reads.
    $certificate = [X509Certificate][byte[]][char[]]$Pem
    $from = [datetime]::Parse($certificate.GetEffectiveDateString()).ToUniversalTime().ToString('s')
    $to = [datetime]::Parse($certificate.GetExpirationDateString()).ToUniversalTime().ToString('s')
    return @{
        issuer = $certificate.Issuer; self = $certificate.Issuer -eq $certificate.Subject
        line = ($certificate.Subject, $certificate.Issuer, $certificate.GetCertHashString(), "${from}Z", "${to}Z") -join $tab
    }
}

# Roots of this computer by name; $null where two have the same.
function Get-Root([string] $Subject) {
    if ($null -eq $known.roots) {
        $known.roots = @{}
        foreach ($root in @(Get-ChildItem -Path 'Cert:\LocalMachine\Root' -ErrorAction SilentlyContinue)) {
            if ($known.roots.ContainsKey($root.Subject)) { $known.roots[$root.Subject] = $null; continue }
            $known.roots[$root.Subject] = ($root.Subject, $root.Issuer, $root.Thumbprint,
                "$($root.NotBefore.ToUniversalTime().ToString('s'))Z", "$($root.NotAfter.ToUniversalTime().ToString('s'))Z") -join $tab
        }
    }
    return $known.roots[$Subject]
}

# Lines for a chain: N and a certificate that is new, C and the numbers of all, leaf first.
function Get-ChainLines([string] $Text, [bool] $Trusted) {
    $chain = @()
    $last = $null
    foreach ($match in [regex]::Matches($Text, '-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----')) {
        $pem = $match.Value
        $entry = $numbers[$pem]
        if ($null -eq $entry) {
            try { $entry = Get-CertificateLine $pem } catch { continue }
            $entry.number = $numbers.Count
            $numbers[$pem] = $entry
            "N$($entry.number)$tab$($entry.line)"
        }
        $chain += $entry.number
        $last = $entry
    }
    # The other side need not send its root; the node has it, or would not trust the chain.
    if ($Trusted -and $null -ne $last -and -not $last.self) {
        $root = Get-Root $last.issuer
        if ($root) {
            $entry = $numbers[$root]
            if ($null -eq $entry) {
                $entry = @{ number = $numbers.Count }
                $numbers[$root] = $entry
                "N$($entry.number)$tab$root"
            }
            $chain += $entry.number
        }
    }
    if ($chain.Count -gt 0) { "C$tab$($chain -join ',')" }
}

# --- One round of curl

# The exit code of one transfer; an old curl does not tell it, and then the phases do.
function Get-ExitCode($Parts, $Probe) {
    if ($Parts[0]) { return [int]$Parts[0] }
    if ($Parts[1] -ne '000') { return 0 }
    if ([double]::Parse($Parts[8], $invariant) * 1000 -ge $TimeoutMs) { return 28 }
    if ($Parts[5] -notmatch '[1-9]') { if ($Parts[4] -notmatch '[1-9]') { return 6 } else { return 7 } }
    if ($Probe.protocol -eq 'https' -and $Parts[6] -notmatch '[1-9]') { return 35 }
    return 52
}

$buffer = New-Object -TypeName 'object[]' -ArgumentList 20000
$state = @{ count = 0; reports = 0 }

# Takes curl's lines and writes @{ number; parts; text } for each transfer as it ends.
function Read-Transfer {
    process {
        $line = $_
        # First what most lines are: there are thousands.
        if ($line.Length -eq 0 -or $line[0] -eq ' ') { return }
        if ($line[0] -eq '<' -and $line.StartsWith($endMark)) { Complete-Transfer; return }
        if ($line[0] -eq '>' -and $line.StartsWith($mark)) { $state.count = 0 }
        if ($state.count -lt 20000) {
            $buffer[$state.count] = $line
            $state.count++
        }
    }
}

function Complete-Transfer {
    $count = $state.count
    $state.count = 0
    if ($count -eq 0 -or -not $buffer[0].StartsWith($mark)) { return }
    $parts = $buffer[0].Substring($mark.Length) -split $tab, 12
    if ($parts.Count -lt 12) { return }
    $state.reports++
    $text = ''
    if ($count -gt 1) { $text = $buffer[1..($count - 1)] -join "`n" }
    @{ number = [int]$parts[0]; parts = $parts[1..11]; text = $text }
}

# A line of text for each round: number, what curl told, and why it was asked.
function Get-Report([int] $Number, $Parts, [int] $ExitCode) {
    $Parts[0] = "$ExitCode"
    return "T$Number$tab$($Parts -join $tab)"
}

# The node's own address on the connection, where there was one.
function Get-SourceLine([string] $Text) {
    if ($Text -match '\Afrom ([0-9A-Fa-f.:]+)') { "L$tab$($Matches[1])" }
}

function Get-HeaderLines([string] $Text) {
    $at = $Text.LastIndexOf("`n{")
    if ($Text.StartsWith('{')) { $at = 0 }
    if ($at -lt 0) { return }
    $json = ($Text.Substring($at) -replace $otherHeader, '$1"$2":[]$3') -replace '[\r\n]+', ''
    # An answer without headers is another thing than a curl that does not tell them.
    if ($json.Length -ge 2) { "H$tab$json" }
}

function New-Probe($Endpoint) {
    $protocol = Get-Field $Endpoint 'protocol'
    if ($protocol -ne 'http' -and $protocol -ne 'tcp') { $protocol = 'https' }
    # Only a path of plain letters: neither curl's configuration nor its patterns know another meaning of them.
    $path = Get-Field $Endpoint 'path'
    if ($path -cnotmatch '\A/[A-Za-z0-9._~%/+-]*\z') { $path = '/' }
    return @{
        path = $path
        host = (Get-Field $Endpoint 'host').Trim('[', ']'); protocol = $protocol
        port = [int](Get-Field $Endpoint 'port'); proxy = Get-Field $Endpoint 'proxy'
    }
}

$probes = @(foreach ($endpoint in $Endpoints) { New-Probe $endpoint })

$program = Get-Command -Name 'curl.exe' -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
if ($null -eq $program) { throw 'curl-missing: This node has no curl.exe.' }

$sections = @(for ($i = 0; $i -lt $probes.Count; $i++) {
    if ((Test-Plain $probes[$i].host) -and (Test-Plain $probes[$i].proxy)) { Get-Section $i $probes[$i] $false }
})
# Side by side is a setting of all; its progress is drawn although silence was asked for.
$quiet = 'silent', 'no-progress-meter', 'stderr = "NUL"'
$beside = 'parallel', 'parallel-immediate', "parallel-max = $MaxConcurrent"

"B$tab$($began.ToString('o'))"
if ($sections.Count -eq 0) { return }

$takeReport = {
    process {
        $probe = $probes[$_.number]
        $code = Get-ExitCode $_.parts $probe
        $report = Get-Report $_.number $_.parts $code
        $certificate = $code -eq 60 -or ($code -eq 35 -and $_.parts[10] -match $refusedCertificate)
        # The name was found, and no connection came about: curl does not tell to which address.
        $unconnected = $code -eq 28 -and -not $_.parts[3] -and $_.parts[4] -match '[1-9]'
        if ($certificate -or $unconnected -or $code -eq 6 -or $code -eq 7) {
            $source = Get-SourceLine $_.text
            $pending.Add($_.number, @{ number = $_.number; report = $report; code = $code; certificate = $certificate; source = $source })
            return
        }
        @(
            $report
            Get-SourceLine $_.text
            Get-ChainLines $_.text ($code -ne 60)
            Get-HeaderLines $_.text
        ) -join "`n"
    }
}
$pending = @{}

# The last 'next' would begin a transfer without an address.
$config = $quiet + $beside + $sections[0..($sections.Count - 2)]
$config | & curl.exe --disable --config - | Read-Transfer | & $takeReport
if ($state.reports -eq 0) {
    # A curl before 7.66 refuses what it does not know, and does nothing.
    $config = @('silent', 'stderr = "NUL"') + $sections[0..($sections.Count - 2)]
    $config | & curl.exe --disable --config - | Read-Transfer | & $takeReport
}
if ($state.reports -eq 0) {
    $version = @(& curl.exe --version)[0]
    throw "curl-failed: curl.exe measured nothing. $version"
}

# --- The second round, for what the first could not tell

$again = @($pending.Values | Where-Object { $_.certificate -or $_.code -eq 7 })
$refusals = @{}
$chains = @{}
if ($again.Count -gt 0) {
    $sections = @(foreach ($item in $again) { Get-Section $item.number $probes[$item.number] $true })
    # Of a connection that fails only the running commentary says how, with the address.
    $config = @('silent', 'no-progress-meter', 'stderr = "-"', 'verbose') + $beside + $sections[0..($sections.Count - 2)]
    $config | & curl.exe --disable --config - | ForEach-Object {
        if ($_ -match '^[^<>]*connect to (\S+) port (\d+) .*?failed: (.+)$') { $refusals["$($Matches[1]) $($Matches[2])"] = $Matches[3] }
        # What the node itself forbids, or has no route for, fails before a port is named.
        elseif ($_ -match '^[^<>]*Immediate connect fail for (\S+): (.+)$') { $refusals[$Matches[1]] = $Matches[2] }
        $_
    } | Read-Transfer | ForEach-Object { $chains[$_.number] = $_.text }
}

# How a name resolves: @{ code; addresses }, one question for each name, one after the other. Where curl has asked already, in
# vain: a name server that is silent twice and answers nothing is not waited for again; and when the questions have taken
# twice the time of an endpoint, the others keep what curl told, which is no code.
$names = @{}
$questions = @{ silent = 0; answered = 0; began = [datetime]::UtcNow }
function Resolve-Name([string] $Name, [bool] $InVain) {
    if ($names.ContainsKey($Name)) { return $names[$Name] }
    $found = @{ code = ''; addresses = @() }
    if ($InVain -and $questions.silent -ge 2 -and $questions.answered -eq 0) { return @{ code = 'ERROR_TIMEOUT'; addresses = @() } }
    if ($InVain -and ([datetime]::UtcNow - $questions.began).TotalMilliseconds -gt 2 * $TimeoutMs) { return $found }
    $failures = @()
    $records = @(Resolve-DnsName -Name $Name -DnsOnly -QuickTimeout -ErrorAction SilentlyContinue -ErrorVariable failures)
    $found.addresses = @(foreach ($record in $records) {
        $address = $record.PSObject.Properties['IPAddress']
        if ($null -ne $address -and $address.Value) { [string]$address.Value }
    })
    if ($found.addresses.Count -eq 0) {
        $found.code = 'DNS_INFO_NO_RECORDS'
        if ($failures.Count -gt 0) { $found.code = ([string]$failures[0].FullyQualifiedErrorId -split ',')[0] }
    }
    if ($found.code -match 'TIMEOUT') { $questions.silent++ } else { $questions.answered++ }
    $names[$Name] = $found
    return $found
}

foreach ($item in @($pending.Values | Sort-Object -Property { $_.number })) {
    $probe = $probes[$item.number]
    $target = $probe.host
    $port = $probe.port
    if ($probe.proxy -match '^(.*):(\d+)$') { $target = $Matches[1]; $port = $Matches[2] }
    $lines = @($item.report)
    if ($item.source) { $lines += $item.source }
    if ($item.certificate) { $lines += @(Get-ChainLines $chains[$item.number] $false) }
    elseif ($item.code -eq 6) { $lines += "D$tab$((Resolve-Name $target $true).code)" }
    else {
        $addresses = @($target)
        if ($target -cnotmatch '\A[0-9.]+\z' -and $target.IndexOf(':') -lt 0) { $addresses = @((Resolve-Name $target $false).addresses) }
        foreach ($address in $addresses) {
            if ($item.code -eq 28) { $lines += "A$tab$address${tab}Timed out" }
            elseif ($refusals.ContainsKey("$address $port")) { $lines += "A$tab$address$tab$($refusals["$address $port"])" }
            elseif ($refusals.ContainsKey($address)) { $lines += "A$tab$address$tab$($refusals[$address])" }
        }
    }
    $lines -join "`n"
}
