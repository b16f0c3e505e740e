<#
.SYNOPSIS
    Removes the machine-wide WinINet proxy of this node.
.DESCRIPTION
    Runs Set-WinInetProxy without arguments, as the product documentation says. The module then deletes the policy
    value and sets the account that runs this script to direct; an older machine-wide entry can remain unused in the
    registry, which Get-ProxySetting reports.
    Where scripts run in the constrained language and the module cannot work, the same is done in the registry by
    Windows' own commands; the field by of the answer says which way it was: module, commands.
    With -Change, everything that the command can touch is first compared with -Expected and kept under
    ProgramData\OutboundConnectivity\Proxy; then the account's own settings are left as they were, and -Values are written.
    Fails with a message that starts with one of these codes: module-missing, module-not-loaded, snapshot-failed,
    state-changed, not-restorable, change-closed, invalid-value, remove-failed.
.PARAMETER Change
    Name of the change, for example 20261126T101500Z-ab12cd34; the folder that keeps it has this name.
.PARAMETER Number
    The least that the running number of this change may be: one more than the page knows of any node.
.PARAMETER Note
    JSON text that is kept with the change.
.PARAMETER Expected
    Every value as it was shown, in the order of Get-ProxySetting.
.PARAMETER Values
    Values to write, 'id=value'; 'id=absent' removes one.
.PARAMETER WinHttp
    direct: WinHTTP too.
.PARAMETER RestartAgent
    Restarts himds, ExtensionService and GCArcService.
.NOTES
    Language: constrained
.ROLE
    Administrators
#>
[CmdletBinding()]
param(
    # The name of this change; without it nothing is compared and kept.
    [string] $Change = '',
    # One more than the highest number of a change that the page knows of.
    [long] $Number = 0,
    # What the tool wants to find again in the history.
    [string] $Note = '',
    # The values that the administrator saw, 'id=value' each.
    [string[]] $Expected = @(),
    # Values to write afterwards, 'id=value' each.
    [string[]] $Values = @(),
    # 'direct' takes WinHTTP's proxy away, anything else leaves it.
    [string] $WinHttp = '',
    # Restart the Arc agent's services, so that they see the environment.
    [bool] $RestartAgent = $false
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

# Without arguments it deletes the policy value and sets the account that runs this script to direct.
function Invoke-ByModule { Invoke-Module @{} 'remove-failed' }

# Shared: ConnectionSettings

function Invoke-ByCommands {
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

# Shared: ProxyValues

# Shared: ChangeNumber

# Shared: ProxyChange

# Shared: ModuleChange

Invoke-Change 'remove-failed' @{ direct = @('reset', 'proxy') }

New-Object -TypeName psobject -Property @{
    computerName = [string]$env:COMPUTERNAME
    action       = 'remove'
    by           = $module.by
}
