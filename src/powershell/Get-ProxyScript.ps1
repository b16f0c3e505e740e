<#
.SYNOPSIS
    Fetches the proxy configuration script (PAC) of this node and shows its text.
.DESCRIPTION
    Windows' own curl.exe asks for it without a proxy, as a client does that needs it to find one. Nothing in it is run. Changes
    nothing, writes no file.

    Writes one text, described in the tool's proxy-script-report.ts, which reads it: a line with P, curl's exit code, the
    status, the length, 1 where it is such a script, and curl's words; then the text as JSON.
.NOTES
    Language: constrained
.ROLE
    Readers
.PARAMETER Address
    Where the script is, as the node's setting says: an address of http or https.
.PARAMETER TimeoutMs
    Time for fetching it.
.EXAMPLE
    Get-ProxyScript -Address 'http://wpad.contoso.com/proxy.pac'
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string]
    $Address,

    [ValidateRange(100, 120000)]
    [int]
    $TimeoutMs = 10000
)

Set-StrictMode -Version 2.0
# Not Stop: in a remote session each line that a program writes to its error stream would then end the script.
$ErrorActionPreference = 'Continue'

# Text that cannot end its line or its quotes in curl's configuration.
if ($Address -cnotmatch '\Ahttps?://[A-Za-z0-9._~:/?#\[\]@!$&()*+,;=%-]+\z') {
    throw 'address: This is no address of http or https.'
}
$tab = "`t"
$mark = ">>$([guid]::NewGuid().ToString('N'))"
$seconds = ([double]$TimeoutMs / 1000).ToString([cultureinfo]::InvariantCulture)
$config = "silent`ngloboff`nurl = `"$Address`"`nnoproxy = `"*`"`nlocation`nmax-redirs = 3`nproto = `"=http,https`"" +
    "`nmax-time = $seconds`nmax-filesize = 1000000`nuser-agent = `"OutboundConnectivity/1.0`"`nssl-no-revoke" +
    "`nwrite-out = `"\n$mark\t%{http_code}\t%{errormsg}\n`""
try { $lines = @($config | & curl.exe --disable --config -) }
catch {
    if ($_.FullyQualifiedErrorId -like 'CommandNotFoundException*') { throw 'curl-missing: This node has no curl.exe.' }
    throw
}
$exit = $LASTEXITCODE
$status = ''
$words = ''
$text = @()
foreach ($line in $lines) {
    if ($line.StartsWith($mark)) {
        $parts = $line.Split($tab)
        $status = $parts[1]
        if ($parts.Count -gt 2) { $words = $parts[2] }
    }
    else { $text += $line }
}
$whole = ($text -join "`n").TrimEnd()
$isScript = [int]($whole -cmatch '\bFindProxyForURL\b')
$shown = $whole
if ($shown.Length -gt 50000) { $shown = $shown.Substring(0, 50000) }
"P$tab$exit$tab$status$tab$($whole.Length)$tab$isScript$tab$words`n$(ConvertTo-Json -InputObject $shown -Compress)"
