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
.PARAMETER ConnectTo
    For each of the endpoints an address, to which it connects in place of what the name resolves to. Empty: as the name says.
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
    $MaxConcurrent = 200,

    [AllowEmptyCollection()]
    [AllowEmptyString()]
    [string[]]
    $ConnectTo = @()
)

Set-StrictMode -Version 2.0
# Not Stop: in a remote session each line that a program writes to its error stream would then end the script.
$ErrorActionPreference = 'Continue'

$began = [datetime]::UtcNow
$tab = "`t"
$beginning = "B$tab$($began.ToString('o'))"
$beginning

# Around the report of a transfer. The other side's texts are in it, and cannot know these lines.
$key = [guid]::NewGuid().ToString('N')
$mark = ">>$key"
$endMark = "<<$key"
# curl hands its output on in blocks of 4096 bytes: what fills a block up lets go of what came before.
$filling = ' ' * 4096
# The words come last: they may hold anything, tabs too. Certificates are wanted of the JSON alone: the same as a text of their
# own would be fifty lines an endpoint, and each line costs more here than all that is done with it.
$fields = '\t%{exitcode}\t%{http_code}\t%{http_connect}\t%{remote_ip}\t%{time_namelookup}\t%{time_connect}\t' +
    '%{time_appconnect}\t%{time_starttransfer}\t%{time_total}\t%{num_certs}\t%{errormsg}\n' +
    "L\t%{local_ip}\t%{size_header}\t%{size_download}\nJ%{json}\n%{header_json}\n$endMark\n$filling\n`""
# Headers whose values are looked at; of the others the name is enough.
$otherHeader = '(?m)^(\{?)"(?!(?:server|via|location|content-type|content-length|date)")([^"]+)":\[.*\](,?)$'
# The report of an answer without a certificate, or under one that the node trusts and others signed: names, all in plain letters,
# the certificate itself, and what stands of those above it.
$answered = "\A\s*$mark(?<head>[0-9]+\t0(?:\t[^\t\n]*){7}\t(?<total>[0-9.]+)\t[0-9]*\t[^\n]*)\n(?<own>L[^\n]*)\n" +
    'J\{"certs":"(?:"|(?<names>[\x00-\x7f]*?)\\nVersion:[^\n]*?-----BEGIN CERTIFICATE-----(?<leaf>[^-]*)-----END CERTIFICATE-----' +
    '(?<above>[^\n]*-----END CERTIFICATE-----))[^\n]*\n(?<headers>\{[\s\S]*)\z'
# Schannel's words for a certificate that it does not accept, where curl's code says only that the handshake failed.
$refusedCertificate = '0x800B01|0x8009032[2578]'
$invariant = [cultureinfo]::InvariantCulture
$seconds = ([double]$TimeoutMs / 1000).ToString($invariant)

$quick = "`nmax-time = $seconds"
$web = "$quick`nmax-filesize = 100000`nuser-agent = `"OutboundConnectivity/1.0`"`nhttp1.1`ntlsv1.2`nssl-no-revoke"
$proxyName = '[A-Za-z0-9._:\[\]-]*'

# Nothing that this computer has set for curl elsewhere counts.
function Get-Way([string] $Proxy) {
    if ($Proxy) { return "proxy = `"http://$Proxy`"`nnoproxy = `"`"" }
    return 'noproxy = "*"'
}

# Most endpoints differ in their address only: @{ count; section } of those at the beginning that do, whose settings are told once.
# Called once, and written for that: the engine compiles anew in each session what it repeats.
function Get-PlainSection {
    # What an endpoint does not have is empty.
    Set-StrictMode -Off
    $proxy = [string]$Endpoints[0].proxy
    if ($ConnectTo -or $proxy -cnotmatch "\A$proxyName\z") { return @{ count = 0; section = '' } }
    $plain = "\A(https?) ([A-Za-z0-9._-]+) ([0-9]{1,5}) $([regex]::Escape($proxy)) \z"
    $texts = @(foreach ($endpoint in $Endpoints) {
        $text = $endpoint.protocol, $endpoint.host, $endpoint.port, $endpoint.proxy, $endpoint.path -join ' '
        if ($text -cnotmatch $plain) { break }
        $text
    })
    $urls = $texts -creplace $plain, "url = `"`$1://`$2:`$3`"`noutput = `"NUL`"" -join "`n"
    # curl counts addresses from 0 on.
    return @{ count = $texts.Count; section = "$(Get-Way $proxy)$web`nwrite-out = `"$mark%{urlnum}$fields`n$urls" }
}

# What curl is told of an endpoint of whatever kind; '' where its texts are none that curl's configuration can hold.
function Get-Section([string] $Name, [string] $Port, [string] $Protocol, [string] $Proxy, [string] $Path, [string] $Address) {
    $scheme = $Protocol
    $settings = $web
    # A mail protocol waits for the other side to speak first: of an open port nothing more is wanted.
    if ($Protocol -eq 'tcp') { $scheme = 'pop3'; $settings = $quick }
    $shown = $Name
    if ($Name.IndexOf(':') -ge 0) { $shown = "[$Name]" }
    # Only a path of plain letters: neither curl's configuration nor its patterns know another meaning of them.
    if ($Path -and $Path -cnotmatch '\A/[A-Za-z0-9._~%/+-]*\z') { $Path = '/' }
    # Text that cannot end its line or its quotes in curl's configuration.
    if ("$Name $Port $Proxy" -cnotmatch "\A[A-Za-z0-9._:-]+ [0-9]{1,5} $proxyName\z") { return '' }
    $way = Get-Way $Proxy
    if ($Proxy) { if ($Protocol -eq 'tcp') { $way += "`nproxytunnel" } }
    # Not its resolve, which would hold for all transfers of the process.
    elseif ($Address -cmatch '\A[0-9A-Fa-f:.]{2,45}\z') {
        if ($Address.IndexOf(':') -ge 0) { $Address = "[$Address]" }
        $way += "`nconnect-to = `"::${Address}:`""
    }
    return "url = `"${scheme}://${shown}:$Port$Path`"`noutput = `"NUL`"`n$way$settings`nwrite-out = `""
}

# @{ host; port; protocol; proxy; section } of an endpoint.
$probes = @{}
function Get-Probe([int] $Number) {
    if ($probes.ContainsKey($Number)) { return $probes[$Number] }
    Set-StrictMode -Off
    $endpoint = $Endpoints[$Number]
    $probe = @{
        host = [string]$endpoint.host -replace '\A\[+|\]+\z', ''
        port = [string]$endpoint.port; protocol = [string]$endpoint.protocol; proxy = [string]$endpoint.proxy
    }
    if ($probe.protocol -ne 'http' -and $probe.protocol -ne 'tcp') { $probe.protocol = 'https' }
    $address = ''
    if ($ConnectTo) { $address = $ConnectTo[$Number] }
    $probe.section = Get-Section $probe.host $probe.port $probe.protocol $probe.proxy $endpoint.path $address
    if ($probe.section) { $probe.section += "$mark$Number$fields" }
    $probes[$Number] = $probe
    return $probe
}

# Sections of the endpoints from one number on, to before another.
function Get-OwnSection([int] $From, [int] $To) {
    for ($number = $From; $number -lt $To; $number++) {
        $section = (Get-Probe $number).section
        if ($section) { $section }
    }
}

# --- Certificates: an authority's is described once in a call, and named by its number afterwards

# By the text itself, in which upper and lower case differ.
$numbers = New-Object -TypeName 'hashtable'
$aboves = New-Object -TypeName 'hashtable'
$known = @{ roots = $null }
$armor = '-----(?:BEGIN|END) CERTIFICATE-----'
# As JSON writes the end of a line.
$lineEnd = '\n'

# One letter, one byte: the text as it stands is one of the forms that Windows reads. This takes longer than all else that
# is done for an endpoint, so that it is done of authorities only, which repeat, and of what is not trusted.
function Get-CertificateLine([string] $Base64) {
    $text = $Base64.Replace($lineEnd, "`n")
    $certificate = [X509Certificate][byte[]][char[]]"-----BEGIN CERTIFICATE-----$text-----END CERTIFICATE-----"
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

# @{ lines; numbers } for the certificates in a text, the lower first: N and a certificate that is new, and the numbers of all.
function Get-Certificate([string] $Text, [bool] $Trusted) {
    $pieces = $Text -split $armor
    $lines = ''
    $chain = @()
    $last = $null
    for ($i = 1; $i -lt $pieces.Count - 1; $i += 2) {
        $text = $pieces[$i]
        $entry = $numbers[$text]
        if ($null -eq $entry) {
            try { $entry = Get-CertificateLine $text } catch { continue }
            $entry.number = $numbers.Count
            $numbers[$text] = $entry
            $lines += "N$($entry.number)$tab$($entry.line)`n"
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
                $lines += "N$($entry.number)$tab$root`n"
            }
            $chain += $entry.number
        }
    }
    return @{ lines = $lines; numbers = $chain -join ',' }
}

# Text for a chain in the text of a transfer: what is new, and C with the numbers, leaf first.
function Get-ChainText([string] $Text, [bool] $Trusted) {
    $chain = Get-Certificate $Text $Trusted
    if ($chain.numbers) { return "$($chain.lines)C$tab$($chain.numbers)`n" }
    return ''
}

# --- One round of curl

# Before 7.64 curl counts time on Windows by GetTickCount, in ticks of up to 16 ms (lib/timeval.c @e9ababd4); its timers count whole
# milliseconds from another beginning than the times that it tells. So much earlier may its time be over.
$tickMs = 20

# The exit code of one transfer where an old curl does not tell it: the phases do.
function Get-ExitCode($Parts, [string] $Protocol) {
    if ($Parts[2] -ne '000') { return '0' }
    if ([double]::Parse($Parts[9], $invariant) * 1000 -ge $TimeoutMs - $tickMs) { return '28' }
    if ($Parts[6] -notmatch '[1-9]') { if ($Parts[5] -notmatch '[1-9]') { return '6' } else { return '7' } }
    if ($Protocol -eq 'https' -and $Parts[7] -notmatch '[1-9]') { return '35' }
    return '52'
}

# How late curl ended what ran out of time (lag), and whether anything came on when little time was left (rushed), in one round.
$state = @{ reports = 0; unnumbered = $false; lag = 0.0; rushed = $false }
$pending = @{}
$late = @{}
$limit = $TimeoutMs / 1000
$rushedFrom = 0.6 * $limit
# curl that ends an endpoint's time so much too late had more to do than the node let it: what came meanwhile, it had not read.
$busyFrom = 0.1 * $limit
$refusals = @{}

# Writes the text for a transfer of whatever end, from its report; what needs a second look goes to $pending.
function Write-Transfer([string] $Report) {
    $lines = $Report.TrimStart() -split "`n", 4
    if ($lines.Count -lt 2 -or -not $lines[0].StartsWith($mark)) { return }
    $head = $lines[0].Substring($mark.Length)
    $parts = $head.Split($tab)
    if (-not $parts[0]) { $state.unnumbered = $true; return }
    $state.reports++
    $number = [int]$parts[0]
    $code = $parts[1]
    if (-not $code) {
        $code = Get-ExitCode $parts (Get-Probe $number).protocol
        $parts[1] = $code
        $head = $parts -join $tab
    }
    if ($code -ne '0') {
        $certificate = $code -eq '60' -or ($code -eq '35' -and $head -match $refusedCertificate)
        if ($code -eq '28' -and $parts[2] -eq '000') {
            $lag = [double]::Parse($parts[9], $invariant) - $limit
            if ($lag -gt $state.lag) { $state.lag = $lag }
            # Of an open port nothing more is wanted.
            if (-not $parts[4] -or (Get-Probe $number).protocol -ne 'tcp') {
                foreach ($stamp in $parts[6], $parts[7]) { if ([double]::Parse($stamp, $invariant) -gt $rushedFrom) { $state.rushed = $true } }
                # The name was found, and no connection came about: curl does not tell to which address.
                $late[$number] = @{
                    number = $number; report = "T$head`n$($lines[1])"; code = $code; certificate = $false
                    unconnected = -not $parts[4] -and $parts[5] -match '[1-9]'
                }
                return
            }
        }
        if ($certificate -or $code -eq '6' -or $code -eq '7') {
            $pending[$number] = @{ number = $number; report = "T$head`n$($lines[1])"; code = $code; certificate = $certificate }
            return
        }
    }
    elseif ([double]::Parse($parts[9], $invariant) -gt $rushedFrom) { $state.rushed = $true }
    # The headers are the last that curl tells; an answer without any is another thing than a curl that does not tell them.
    $header = ''
    if ($lines.Count -gt 3 -and $lines[3].StartsWith('{')) { $header = "H$tab$($lines[3] -replace $otherHeader, '$1"$2":[]$3' -replace "`n")" }
    $chain = ''
    if ($parts[10] -and $parts[10] -ne '0') { $chain = Get-ChainText $lines[2] $true }
    $text = "T$head`n$($lines[1])`n$chain$header"
    # It ended before any of the body: whether the header was whole only a request tells that wants no more than it.
    if ($parts[2] -ne '000' -and $code -match '\A(?:28|55|56)\z' -and $lines[1].EndsWith("${tab}0")) {
        # Others name its certificates by number before it is told itself.
        $new = @($chain -split "`n" | Where-Object { $_.StartsWith('N') })
        if ($new.Count -gt 0) { (@($beginning) + $new) -join "`n" }
        $pending[$number] = @{ number = $number; report = $text; code = $code; certificate = $false; cut = $true }
        return
    }
    $text
}

# Writes a text for each transfer as it ends. There are thousands of lines and hundreds of transfers, most of them answered: so
# that what is done for these is short, because the engine compiles anew in each session what it repeats.
$readFirst = {
    begin {
        $lines = New-Object -TypeName 'object[]' -ArgumentList 20000
        $count = 0
    }
    process {
        if ($_ -cne $endMark) {
            if ($count -lt 20000) { $lines[$count] = $_; $count++ }
            return
        }
        if ($count -eq 0) { return }
        # It begins with what filled the block of the one before.
        $report = $lines[0..($count - 1)] -join "`n"
        $count = 0
        if ($report -cnotmatch $answered) { Write-Transfer $report; return }
        $found = $Matches
        $state.reports++
        if ([double]$found.total -gt $rushedFrom) { $state.rushed = $true }
        $certificates = ''
        if ($found['leaf']) {
            $chain = $aboves[$found.above]
            if ($null -eq $chain) {
                $chain = Get-Certificate $found.above $true
                $certificates = $chain.lines
                $aboves[$found.above] = $chain
            }
            # Of the certificate none but the names and dates are looked at: only its beginning goes on (P), whose length is estimated
            # by the names as curl writes them, in lines of 48 bytes or 64 letters.
            $leaf = $found.leaf.Replace($lineEnd, '')
            $length = 64 * [int](5 + $found.names.Length / 48)
            if ($leaf.Length -gt $length) { $leaf = $leaf.Substring(0, $length) }
            $certificates += "P$tab$leaf`nC$tab$($chain.numbers)`n"
        }
        "T$($found.head)`n$($found.own)`n${certificates}H$tab$($found.headers -replace $otherHeader, '$1"$2":[]$3' -replace "`n")"
    }
}

# The same of the second round: @{ number; head; text } of each transfer, and from the running commentary why a connection failed.
$readAgain = {
    begin { $lines = @(); $number = -1; $head = '' }
    process {
        if ($_.StartsWith($mark)) {
            $head = $_.Substring($mark.Length)
            $number = [int]$head.Split($tab)[0]
            $lines = @()
        }
        elseif ($_ -ceq $endMark) { @{ number = $number; head = $head; text = $lines -join "`n" }; $number = -1 }
        elseif ($number -ge 0) { if ($lines.Count -lt 2000) { $lines += $_ } }
        elseif ($_ -match '^[^<>]*connect to (\S+) port (\d+) .*?failed: (.+)$') { $refusals["$($Matches[1]) $($Matches[2])"] = $Matches[3] }
        # What the node itself forbids, or has no route for, fails before a port is named.
        elseif ($_ -match '^[^<>]*Immediate connect fail for (\S+): (.+)$') { $refusals[$Matches[1]] = $Matches[2] }
    }
}

# Side by side is a setting of all; its progress is drawn although silence was asked for.
$quiet = "silent`nno-progress-meter`nstderr = `"NUL`"`n"
$beside = "parallel`nparallel-immediate`nparallel-max = $MaxConcurrent`n"
$separator = "`nnext`n"

if ($Endpoints.Count -eq 0) { return }
$plain = Get-PlainSection
$sections = @(Get-OwnSection $plain.count $Endpoints.Count)
if ($plain.count -gt 0) { $sections = @($plain.section) + $sections }
if ($sections.Count -eq 0) { return }

$failure = ''
try {
    "$quiet$beside$($sections -join $separator)" | & curl.exe --disable --config - | & $readFirst
    if ($state.unnumbered) {
        # A curl before 7.75 does not tell which of those that it was told together.
        $sections = @(Get-OwnSection 0 $plain.count)
        "$quiet$beside$($sections -join $separator)" | & curl.exe --disable --config - | & $readFirst
    }
    if ($state.reports -eq 0) {
        # A curl before 7.66 refuses what it does not know, and does nothing.
        $sections = @(Get-OwnSection 0 $Endpoints.Count)
        "silent`nstderr = `"NUL`"`n$($sections -join $separator)" | & curl.exe --disable --config - | & $readFirst
    }
}
catch {
    if ($_.FullyQualifiedErrorId -like 'CommandNotFoundException*') { throw 'curl-missing: This node has no curl.exe.' }
    $failure = $_.Exception.Message
}
if ($state.reports -eq 0) {
    if (-not $failure) { $failure = @(& curl.exe --version)[0] }
    throw "curl-failed: curl.exe measured nothing. $failure"
}

# --- Again, for what had no answer in time while curl was busy with the others

# Writes what ran out of time, or keeps it for the second round; K where it is not known whose slowness that was.
function Write-Late($Items, [bool] $IsBusy) {
    foreach ($item in $Items) {
        if ($IsBusy) { $item.report += "`nK" }
        if ($item.unconnected) { $pending[$item.number] = $item } else { $item.report }
    }
}

# Fewer at a time, and more again as soon as curl keeps up. A round that it keeps up with is final; after one that it does not, the
# rest is asked again as long as anything gets through.
$waiting = @($late.Values | Sort-Object -Property { $_.number })
$wasBusy = $state.lag -gt $busyFrom
if ($wasBusy -or $state.rushed) {
    $size = 32
    while ($waiting.Count -gt 0 -and ([datetime]::UtcNow - $began).TotalMilliseconds + 2 * $TimeoutMs -lt $DeadlineMs) {
        $asked = @($waiting | Select-Object -First $size)
        $sections = @(foreach ($item in $asked) { (Get-Probe $item.number).section })
        $late.Clear()
        $state.lag = 0.0
        $reports = $state.reports
        "$quiet$beside$($sections -join $separator)" | & curl.exe --disable --config - | & $readFirst
        # An older curl does not know these settings, and does nothing: what it told before stays.
        if ($state.reports -eq $reports) { break }
        $unanswered = @($late.Values | Sort-Object -Property { $_.number })
        $waiting = @($waiting | Select-Object -Skip $size)
        if ($state.lag -le $busyFrom) {
            Write-Late $unanswered $false
            $size = 2 * $size
            continue
        }
        $wasBusy = $true
        $waiting += $unanswered
        if ($unanswered.Count -eq $asked.Count) { break }
    }
}
Write-Late $waiting $wasBusy

# --- The second round, for what the first could not tell

$again = @($pending.Values | Where-Object { $_.certificate -or $_['cut'] -or $_.code -eq '7' })
$chains = @{}
$heads = @{}
if ($again.Count -gt 0) {
    $sections = @(foreach ($item in $again) {
        $probe = Get-Probe $item.number
        if ($probe.protocol -eq 'https') { "insecure`nhead`n$($probe.section)" }
        elseif ($item['cut']) { "head`n$($probe.section)" }
        else { $probe.section }
    })
    # Of a connection that fails only the running commentary says how, with the address.
    "silent`nno-progress-meter`nstderr = `"-`"`nverbose`n$beside$($sections -join $separator)" |
        & curl.exe --disable --config - | & $readAgain | ForEach-Object { $chains[$_.number] = $_.text; $heads[$_.number] = $_.head }
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
    # A node without the command says nothing of the name.
    try { $records = @(Resolve-DnsName -Name $Name -DnsOnly -QuickTimeout -ErrorAction SilentlyContinue -ErrorVariable failures) }
    catch { return $found }
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
    $probe = Get-Probe $item.number
    $target = $probe.host
    $port = $probe.port
    if ($probe.proxy -match '^(.*):(\d+)$') { $target = $Matches[1]; $port = $Matches[2] }
    $lines = @($item.report)
    if ($item['cut']) {
        # The beginning of a header is no answer.
        if ($heads[$item.number] -notmatch "\A[0-9]+${tab}0$tab") {
            $lines = $item.report -replace '\A(T[0-9]+\t[0-9]+\t)[0-9]+', '${1}000' -split "`n" | Where-Object { -not $_.StartsWith("H$tab") }
        }
        $lines -join "`n"
        continue
    }
    # A connection that is cut as it is made fails at one time, and at another what follows does: that says more.
    if ($item.code -eq '7' -and $heads[$item.number] -match "^[0-9]+$tab(35|52|55|56)$tab") {
        # The commentary comes by another pipe, and may stand between the lines of the report.
        $own = @($chains[$item.number] -split "`n" | Where-Object { $_.StartsWith("L$tab") })
        (@("T$($heads[$item.number])") + $own) -join "`n"
        continue
    }
    if ($item.certificate) {
        $chain = Get-ChainText $chains[$item.number] $false
        # An alert about a certificate has the number of the node's own doubts.
        if (-not $chain -and $heads[$item.number] -match "\A[0-9]+${tab}35$tab") { $chain = 'I' }
        $lines += $chain
    }
    elseif ($item.code -eq '6') { $lines += "D$tab$((Resolve-Name $target $true).code)" }
    else {
        $addresses = @($target)
        if ($ConnectTo -and $ConnectTo[$item.number]) { $addresses = @($ConnectTo[$item.number]) }
        elseif ($target -cnotmatch '\A[0-9.]+\z' -and $target.IndexOf(':') -lt 0) { $addresses = @((Resolve-Name $target $false).addresses) }
        foreach ($address in $addresses) {
            if ($item.code -eq '28') { $lines += "A$tab$address${tab}Timed out" }
            elseif ($refusals.ContainsKey("$address $port")) { $lines += "A$tab$address$tab$($refusals["$address $port"])" }
            elseif ($refusals.ContainsKey($address)) { $lines += "A$tab$address$tab$($refusals[$address])" }
        }
    }
    $lines -join "`n"
}
