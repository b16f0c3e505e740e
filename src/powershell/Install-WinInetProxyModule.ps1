<#
.SYNOPSIS
    Installs the PowerShell module WinInetProxy on this node.
.DESCRIPTION
    Takes version 0.1.0, the one that the product documentation names, from the PowerShell Gallery for all users of the
    node. Does nothing when the module is there already. The node itself must be able to reach the gallery.
    Fails with a message that starts with one of these codes: installer-missing (no PowerShellGet on the node),
    gallery-unreachable, install-failed.
.PARAMETER Proxy
    host:port of the proxy that is about to be set: the node may have no other way to the gallery.
.NOTES
    Language: constrained
.ROLE
    Administrators
#>
[CmdletBinding()]
param(
    # http://host:port through which the gallery is asked; empty: as the node goes out by itself.
    [string] $Proxy = ''
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$name = 'WinInetProxy'

function Get-InstalledVersion {
    $highest = $null
    foreach ($module in @(Get-Module -ListAvailable -Name $name)) {
        if ($null -eq $highest -or $module.Version -gt $highest) { $highest = $module.Version }
    }
    return $highest
}

$before = Get-InstalledVersion
if ($null -eq $before) {
    if ($null -eq (Get-Command -Name 'Install-Module' -ErrorAction SilentlyContinue)) {
        throw 'installer-missing: The command Install-Module is not on this node.'
    }
    $through = @{}
    if ($Proxy -cne '') {
        if ($Proxy -cnotmatch '\A(?:http://)?[A-Za-z0-9.\[\]:-]+:[0-9]{1,5}\z') { throw 'invalid-server: The proxy server is not host:port.' }
        $through = @{ Proxy = "http://$($Proxy -creplace '\Ahttp://', '')" }
    }
    # The gallery refuses anything older, and Windows PowerShell may not offer it by itself. The constrained language
    # does not let a script choose; the installation then goes on with what the system offers.
    $protocol = $null
    try {
        $protocol = [Net.ServicePointManager]::SecurityProtocol   # or refused
        [Net.ServicePointManager]::SecurityProtocol = $protocol -bor [Net.SecurityProtocolType]::Tls12   # or refused
    }
    catch { $protocol = $null }
    try {
        if ($null -eq (Get-PackageProvider -Name 'NuGet' -ListAvailable -ErrorAction SilentlyContinue)) {
            Install-PackageProvider -Name 'NuGet' -MinimumVersion '2.8.5.201' -Scope AllUsers -Force -ErrorAction Stop @through | Out-Null
        }
        Install-Module -Name $name -RequiredVersion '0.1.0' -Repository 'PSGallery' -Scope AllUsers -Force -ErrorAction Stop @through | Out-Null
    }
    catch {
        # PackageManagement says "no match" when it could not ask; the identifier does not depend on the language.
        if ($_.FullyQualifiedErrorId -match '^(NoMatchFound|UnableToResolve|SourceNotFound|FailedToConnect)') {
            throw "gallery-unreachable: $($_.Exception.Message)"
        }
        throw "install-failed: $($_.Exception.Message)"
    }
    finally {
        if ($null -ne $protocol) { [Net.ServicePointManager]::SecurityProtocol = $protocol } # or refused
    }
}

$after = Get-InstalledVersion
if ($null -eq $after) { throw 'install-failed: The module is not on the node after its installation.' }

New-Object -TypeName psobject -Property @{
    computerName = [string]$env:COMPUTERNAME
    version      = [string]$after
    installed    = $null -eq $before
}
