<#
.SYNOPSIS
    Ends a change of this node's proxy, so that a command of it that has not begun never will.
.DESCRIPTION
    Tells whether the command of the change began and whether it ended, and notes how the change came out. Only one of the
    command and this script can make the change's folder under ProgramData\OutboundConnectivity\Proxy: whoever comes first.
    Fails with a message that starts with one of these codes: invalid-value, snapshot-failed.
.PARAMETER Change
    Name of the change.
.PARAMETER Outcome
    applied, rolled-back, failed; closed notes nothing where the command began.
.NOTES
    Language: constrained
.ROLE
    Administrators
#>
[CmdletBinding()]
param(
    [string] $Change,
    [string] $Outcome = 'closed'
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

# Shared: ChangeRunning

$store = "$env:ProgramData\OutboundConnectivity\Proxy"
$folder = "$store\$Change"

if ($Change -cnotmatch '\A[0-9]{8}T[0-9]{6}Z-[0-9a-z]{6,12}\z') { throw 'invalid-value: The change has no proper name.' }
if (@('applied', 'rolled-back', 'failed', 'closed') -cnotcontains $Outcome) { throw 'invalid-value: The outcome is none.' }

try {
    if (-not (Test-Path -LiteralPath $store)) { New-Item -ItemType Directory -Path $store -Force -ErrorAction Stop | Out-Null }
    icacls.exe $store /setowner '*S-1-5-32-544' /T /C /Q | Out-Null
    icacls.exe $store /inheritance:r /grant:r '*S-1-5-32-544:(OI)(CI)F' '*S-1-5-18:(OI)(CI)F' /Q | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "icacls ended with $LASTEXITCODE" }
    $isNew = $true
    try { New-Item -ItemType Directory -Path $folder -ErrorAction Stop | Out-Null }
    catch {
        if (-not (Test-Path -LiteralPath $folder)) { throw }
        $isNew = $false
    }
    if ($isNew) { Set-Content -LiteralPath "$folder\closed.json" -Value '{"closed":true}' -Encoding UTF8 -ErrorAction Stop }
    elseif ($Outcome -cne 'closed') {
        Set-Content -LiteralPath "$folder\outcome.json" -Value "{`"outcome`":`"$Outcome`"}" -Encoding UTF8 -ErrorAction Stop
    }
}
catch { throw "snapshot-failed: $($_.Exception.Message)" }

$wasClosed = Test-Path -LiteralPath "$folder\closed.json"
New-Object -TypeName psobject -Property @{
    begun = -not $wasClosed
    ended = $wasClosed -or -not (Test-ChangeRunning $folder)
}
