<#
.SYNOPSIS
    Removes the machine-wide WinINet proxy of this node.
.DESCRIPTION
    Runs Set-WinInetProxy without arguments, as the product documentation says. The module then deletes the policy
    value and sets the account that runs this script to direct; an older machine-wide entry can remain unused in the
    registry, which Get-ProxySetting reports.
    Where scripts run in the constrained language and the module cannot work, the same is done in the registry by
    Windows' own commands; the field by of the answer says which way it was: module, commands.
    Fails with a message that starts with one of these codes: module-missing, module-not-loaded, remove-failed.
.NOTES
    Language: constrained
.ROLE
    Administrators
#>
[CmdletBinding()]
param()

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$module = @{ refused = $false }

# Whether an error is the constrained language's own refusal; the identifiers do not depend on the system's language.
function Test-Refusal($ErrorRecord) {
    return $ErrorRecord.FullyQualifiedErrorId -match 'ConstrainedLanguage|CannotDefineNewType|OnlyToCoreTypes|LanguageMode'
}

function Remove-ByModule {
    if (@(Get-Module -ListAvailable -Name 'WinInetProxy').Count -eq 0) {
        throw 'module-missing: The PowerShell module WinInetProxy is not installed on this node.'
    }
    try { Import-Module -Name 'WinInetProxy' -ErrorAction Stop | Out-Null }
    catch {
        $module.refused = Test-Refusal $_
        throw "module-not-loaded: $($_.Exception.Message)"
    }

    # Without arguments the module falls back to variables of these names: a left-over would set the proxy again.
    $kept = @{
        Server = $env:ProxyServer; Bypass = $env:ProxyBypass; PerUser = $env:ProxySettingsPerUser
        Detect = $env:AutoDetect; ScriptUrl = $env:AutoConfigURL; Pac = $env:PACUrl
    }
    $env:ProxyServer = $env:ProxyBypass = $env:ProxySettingsPerUser = $env:AutoDetect = $env:AutoConfigURL = $env:PACUrl = $null
    try { Set-WinInetProxy | Out-Null }
    catch {
        $module.refused = Test-Refusal $_
        throw "remove-failed: $($_.Exception.Message)"
    }
    finally {
        $env:ProxyServer = $kept.Server
        $env:ProxyBypass = $kept.Bypass
        $env:ProxySettingsPerUser = $kept.PerUser
        $env:AutoDetect = $kept.Detect
        $env:AutoConfigURL = $kept.ScriptUrl
        $env:PACUrl = $kept.Pac
    }
}

# --- The same values by Windows' own commands, for nodes whose policy does not let the module run

$settingsKey = 'SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings'
$policyKey = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\CurrentVersion\Internet Settings'

function ConvertTo-NumberBytes([long] $Value) {
    foreach ($divisor in 1, 256, 65536, 16777216) { (($Value - $Value % $divisor) / $divisor) % 256 }
}

function ConvertTo-TextBytes([string] $Text) {
    ConvertTo-NumberBytes $Text.Length
    if ($Text) { foreach ($letter in [char[]]$Text) { [int]$letter } }
}

# What WinINet raises at each change; programs compare it.
function Get-ChangeCounter([string] $Key) {
    if (-not (Test-Path -LiteralPath $Key)) { return 0 }
    $property = (Get-ItemProperty -LiteralPath $Key -ErrorAction Stop).PSObject.Properties['DefaultConnectionSettings']
    if ($null -eq $property -or $property.Value -isnot [byte[]] -or $property.Value.Length -lt 8) { return 0 }
    $bytes = $property.Value
    return [long]$bytes[4] + 256 * $bytes[5] + 65536 * $bytes[6] + 16777216 * [long]$bytes[7]
}

# The layout that Get-ProxySetting reads: version, counter, flags, server, bypass list, script address, 32 zeros.
function Write-ConnectionSettings([string] $Drive, [string] $ProxyServer, [string] $ProxyBypass) {
    $key = "${Drive}:\$settingsKey\Connections"
    if (-not (Test-Path -LiteralPath $key)) { New-Item -Path $key -Force -ErrorAction Stop | Out-Null }
    $flags = 1
    if ($ProxyServer) { $flags = 3 }
    $counter = ((Get-ChangeCounter $key) + 1) % 4294967296
    $blob = [byte[]]@(
        ConvertTo-NumberBytes 0x46
        ConvertTo-NumberBytes $counter
        ConvertTo-NumberBytes $flags
        ConvertTo-TextBytes $ProxyServer
        ConvertTo-TextBytes $ProxyBypass
        ConvertTo-TextBytes ''
        @(0) * 32
    )
    foreach ($name in 'DefaultConnectionSettings', 'SavedLegacySettings') {
        Set-ItemProperty -LiteralPath $key -Name $name -Value $blob -Type 'Binary' -ErrorAction Stop
    }
    Set-ItemProperty -LiteralPath "${Drive}:\$settingsKey" -Name 'MigrateProxy' -Value 1 -Type 'DWord' -ErrorAction Stop
}

function Remove-ByCommands {
    try {
        if (Test-Path -LiteralPath $policyKey) {
            $policy = Get-ItemProperty -LiteralPath $policyKey -ErrorAction Stop
            if ($null -ne $policy -and $null -ne $policy.PSObject.Properties['ProxySettingsPerUser']) {
                Remove-ItemProperty -LiteralPath $policyKey -Name 'ProxySettingsPerUser' -ErrorAction Stop
            }
        }
        Write-ConnectionSettings 'HKCU' '' ''
    }
    catch { throw "remove-failed: $($_.Exception.Message)" }
}

$by = 'module'
try { Remove-ByModule }
catch {
    # A module that the policy does not trust runs in the constrained language, whoever calls it, and cannot work there.
    if ([string]$ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage' -and -not $module.refused) { throw }
    $by = 'commands'
    Remove-ByCommands
}

New-Object -TypeName psobject -Property @{
    computerName = [string]$env:COMPUTERNAME
    action       = 'remove'
    by           = $by
}
