<#
.SYNOPSIS
    Writes one file of the module WinInetProxy on this node.
.DESCRIPTION
    For nodes that cannot reach the PowerShell Gallery: the administrator's browser reads the package and sends its files, the
    manifest last, since without it there is no module. The file is read back and compared. An installed module is not touched.
    Fails with a message that starts with one of these codes: invalid-value, install-failed.
.PARAMETER File
    Name of the file, without a folder.
.PARAMETER Content
    Its bytes in hexadecimal, small letters.
.NOTES
    Language: constrained
.ROLE
    Administrators
#>
[CmdletBinding()]
param(
    [string] $File,
    [string] $Content
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

if ($File -cnotmatch '\A[A-Za-z0-9][A-Za-z0-9_-]{0,60}(\.[A-Za-z0-9_-]{1,20}){1,3}\z') { throw 'invalid-value: The file has no proper name.' }
if ($Content -cnotmatch '\A([0-9a-f]{2})+\z') { throw 'invalid-value: The content is not written in hexadecimal.' }

$folder = "$env:ProgramFiles\WindowsPowerShell\Modules\WinInetProxy\0.1.0"
$manifest = "$folder\WinInetProxy.psd1"
# A manifest that was cut off makes no module, and must not be in the way of a second try.
if ((Test-Path -LiteralPath $manifest) -and @(Get-Module -ListAvailable -Name 'WinInetProxy').Count -gt 0) {
    throw 'install-failed: The module is on this node already.'
}

# Windows PowerShell and its successor name the same thing differently.
$raw = @{ Encoding = 'Byte' }
if ($PSVersionTable.PSVersion.Major -ge 6) { $raw = @{ AsByteStream = $true } }

$bytes = [byte[]]@(for ($i = 0; $i -lt $Content.Length; $i += 2) { [byte]"0x$($Content.Substring($i, 2))" })
try {
    New-Item -ItemType Directory -Path $folder -Force -ErrorAction Stop | Out-Null
    Set-Content -LiteralPath "$folder\$File" -Value $bytes @raw -ErrorAction Stop
    $written = @(Get-Content -LiteralPath "$folder\$File" @raw -ErrorAction Stop)
    if ((-join @($written | ForEach-Object { '{0:x2}' -f $_ })) -cne $Content) { throw 'What was read back is not what was written.' }
}
catch { throw "install-failed: $($_.Exception.Message)" }

New-Object -TypeName psobject -Property @{
    computerName = [string]$env:COMPUTERNAME
    file         = $File
    bytes        = $bytes.Count
}
