<#
.SYNOPSIS
    Gives this node values of its proxy settings back, to the byte.
.DESCRIPTION
    Compares everything that a change of the proxy can touch with -Expected, keeps it under
    ProgramData\OutboundConnectivity\Proxy, and writes -Values: kind and data of each as it was read, absent ones removed.
    Fails with a message that starts with one of these codes: snapshot-failed, state-changed, not-restorable, change-closed,
    invalid-value, restore-failed.
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
.NOTES
    Language: constrained
.ROLE
    Administrators
#>
[CmdletBinding()]
param(
    # The name of this change.
    [string] $Change = '',
    # One more than the highest number of a change that the page knows of.
    [long] $Number = 0,
    # What the tool wants to find again in the history.
    [string] $Note = '',
    # The values that the administrator saw, 'id=value' each.
    [string[]] $Expected = @(),
    # Values to write, 'id=value' each.
    [string[]] $Values = @()
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

# Shared: ProxyValues

# Shared: ChangeNumber

# Shared: ProxyChange

Open-Change @(Get-LineId $Values)
try {
    Limit-Kept
    foreach ($line in $Values) { Set-RawValue $line }
}
catch { throw "restore-failed: $($_.Exception.Message)" }
finally { Complete-Change }

New-Object -TypeName psobject -Property @{
    computerName = [string]$env:COMPUTERNAME
    action       = 'restore'
    written      = @($Values).Count
}
