<#
.SYNOPSIS
    Takes one file of the module WinInetProxy from the administrator's computer, and installs it with the last one.
.DESCRIPTION
    For nodes that cannot reach the PowerShell Gallery: the administrator's browser reads the package and sends its files. They
    wait in a folder of this upload alone, each read back and compared, so that two uploads at once never mix. The last file, the
    manifest, comes with the list of all: when they are there, and no module is, they are put in its place, the manifest last.
    An installed module is not touched. What an upload that broke off left is removed by a later one, an hour after.
    Fails with a message that starts with one of these codes: invalid-value, install-failed.
.PARAMETER Upload
    Letters and digits that no other upload has.
.PARAMETER File
    Name of the file, without a folder.
.PARAMETER Content
    Its bytes in hexadecimal, small letters.
.PARAMETER Files
    With the last file: 'name=bytes' of every one, in the order in which they are put in place.
.NOTES
    Language: constrained
.ROLE
    Administrators
#>
[CmdletBinding()]
param(
    [string] $Upload,
    [string] $File,
    [string] $Content,
    # The names of all files with their sizes; empty: more will come.
    [string[]] $Files = @()
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

function Test-FileName([string] $Name) {
    return $Name -cmatch '\A[A-Za-z0-9][A-Za-z0-9_-]{0,60}(\.[A-Za-z0-9_-]{1,20}){1,3}\z'
}

if ($Upload -cnotmatch '\A[0-9a-z]{8,32}\z') { throw 'invalid-value: The upload has no proper name.' }
if (-not (Test-FileName $File)) { throw 'invalid-value: The file has no proper name.' }
if ($Content -cnotmatch '\A([0-9a-f]{2})+\z') { throw 'invalid-value: The content is not written in hexadecimal.' }
foreach ($line in $Files) {
    $name, $size = $line -split '=', 2
    if (-not (Test-FileName $name) -or $size -cnotmatch '\A[1-9][0-9]{0,6}\z') { throw 'invalid-value: The list of files is not as this command wants it.' }
}

# Beside the modules: only administrators write there, and nobody looks for modules.
$waiting = "$env:ProgramFiles\WindowsPowerShell\OutboundConnectivity"
$own = "$waiting\upload-$Upload"
$folder = "$env:ProgramFiles\WindowsPowerShell\Modules\WinInetProxy\0.1.0"

# Windows PowerShell and its successor name the same thing differently.
$raw = @{ Encoding = 'Byte' }
if ($PSVersionTable.PSVersion.Major -ge 6) { $raw = @{ AsByteStream = $true } }

function Get-Hex([string] $Path) {
    return -join @(Get-Content -LiteralPath $Path @raw -ErrorAction Stop | ForEach-Object { '{0:x2}' -f $_ })
}

function Write-File([string] $Path, [string] $Hex) {
    $bytes = [byte[]]@(for ($i = 0; $i -lt $Hex.Length; $i += 2) { [byte]"0x$($Hex.Substring($i, 2))" })
    Set-Content -LiteralPath $Path -Value $bytes @raw -ErrorAction Stop
    if ((Get-Hex $Path) -cne $Hex) { throw 'What was read back is not what was written.' }
}

# A manifest that was cut off makes no module, and must not be in the way of a second try.
function Test-Module {
    return (Test-Path -LiteralPath "$folder\WinInetProxy.psd1") -and @(Get-Module -ListAvailable -Name 'WinInetProxy').Count -gt 0
}

function Remove-LeftOver {
    $hourAgo = (Get-Date).ToUniversalTime().AddHours(-1)
    foreach ($each in @(Get-ChildItem -LiteralPath $waiting | Where-Object { $_.Name -clike 'upload-*' -and $_.LastWriteTimeUtc -lt $hourAgo })) {
        Remove-Item -LiteralPath $each.FullName -Recurse -Force -ErrorAction SilentlyContinue
    }
}

# Only one of two uploads can make this folder; one that was killed here leaves it behind.
function New-ModuleFolder {
    if (Test-Path -LiteralPath $folder) {
        $minuteAgo = (Get-Date).ToUniversalTime().AddMinutes(-1)
        if ((Get-Item -LiteralPath $folder).LastWriteTimeUtc -gt $minuteAgo) { throw 'Another upload is being put in place. Try again in a minute.' }
        Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Stop
    }
    New-Item -ItemType Directory -Path $folder -ErrorAction Stop | Out-Null
}

function Install-Upload {
    $names = @($Files | ForEach-Object { @($_ -split '=', 2)[0] })
    $there = @(Get-ChildItem -LiteralPath $own | ForEach-Object { "$($_.Name)=$($_.Length)" } | Sort-Object)
    if (($there -join ';') -cne (@($Files | Sort-Object) -join ';')) { throw 'Not every file of the package came.' }
    New-ModuleFolder
    try { foreach ($name in $names) { Write-File "$folder\$name" (Get-Hex "$own\$name") } }
    catch {
        Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction SilentlyContinue
        throw
    }
}

try {
    if (Test-Module) { throw 'The module is on this node already.' }
    New-Item -ItemType Directory -Path $own -Force -ErrorAction Stop | Out-Null
    Remove-LeftOver
    Write-File "$own\$File" $Content
    if ($Files.Count -gt 0) {
        Install-Upload
        Remove-Item -LiteralPath $own -Recurse -Force -ErrorAction SilentlyContinue
    }
}
catch {
    Remove-Item -LiteralPath $own -Recurse -Force -ErrorAction SilentlyContinue
    throw "install-failed: $($_.Exception.Message)"
}

New-Object -TypeName psobject -Property @{
    computerName = [string]$env:COMPUTERNAME
    file         = $File
    bytes        = $Content.Length / 2
}
