<#
.SYNOPSIS
    Removes the machine-wide WinINet proxy of this node.
.DESCRIPTION
    Runs Set-WinInetProxy without arguments, as the product documentation says. The module then deletes the policy
    value and sets the account that runs this script to direct; an older machine-wide entry can remain unused in the
    registry, which Get-ProxySetting reports.
    Fails with a message that starts with one of these codes: module-missing, module-not-loaded, remove-failed.
.ROLE
    Administrators
#>
[CmdletBinding()]
param()

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    throw "LanguageMode:$($ExecutionContext.SessionState.LanguageMode)"
}

if (@(Get-Module -ListAvailable -Name 'WinInetProxy').Count -eq 0) {
    throw 'module-missing: The PowerShell module WinInetProxy is not installed on this node.'
}
try { Import-Module -Name 'WinInetProxy' -ErrorAction Stop | Out-Null }
catch { throw "module-not-loaded: $($_.Exception.Message)" }

# Without arguments the module falls back to variables of these names: a left-over would set the proxy again.
$kept = @{
    Server = $env:ProxyServer; Bypass = $env:ProxyBypass; PerUser = $env:ProxySettingsPerUser
    Detect = $env:AutoDetect; ScriptUrl = $env:AutoConfigURL; Pac = $env:PACUrl
}
$env:ProxyServer = $env:ProxyBypass = $env:ProxySettingsPerUser = $env:AutoDetect = $env:AutoConfigURL = $env:PACUrl = $null
try { Set-WinInetProxy | Out-Null }
catch { throw "remove-failed: $($_.Exception.Message)" }
finally {
    $env:ProxyServer = $kept.Server
    $env:ProxyBypass = $kept.Bypass
    $env:ProxySettingsPerUser = $kept.PerUser
    $env:AutoDetect = $kept.Detect
    $env:AutoConfigURL = $kept.ScriptUrl
    $env:PACUrl = $kept.Pac
}

[pscustomobject]@{
    computerName = [string]$env:COMPUTERNAME
    action       = 'remove'
}
