<#
.SYNOPSIS
    Reads what the tool must know of the cluster: name, nodes with the build of their system, addresses, registration with
    Azure, witness, and the account that asks.
.DESCRIPTION
    Run on the cluster's name or any of its nodes. Each part is read alone: one that fails leaves its field empty and
    adds a code to warnings (cluster-module-missing, cluster-unreadable, nodes-unreadable, domain-unknown,
    registration-command-missing, registration-unreadable, witness-unreadable). Changes nothing.
.NOTES
    Language: constrained
.ROLE
    Readers
#>
[CmdletBinding()]
param()

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

# Text of a property that may be absent, or hold an object with a name.
function Get-Text($Object, [string] $Name) {
    if ($null -eq $Object) { return '' }
    $property = $Object.PSObject.Properties[$Name]
    if ($null -eq $property -or $null -eq $property.Value) { return '' }
    if ($property.Value -isnot [string]) {
        $inner = $property.Value.PSObject.Properties['Name']
        if ($null -ne $inner) { return [string]$inner.Value }
    }
    return [string]$property.Value
}

# The cluster cmdlets give an enumeration; through remoting it can arrive as its number.
function Get-StateWord([string] $State) {
    switch ($State) {
        'Up' { return 'up' }
        '0' { return 'up' }
        'Down' { return 'down' }
        '1' { return 'down' }
        'Paused' { return 'paused' }
        '2' { return 'paused' }
        'Joining' { return 'joining' }
        '3' { return 'joining' }
        default { return 'unknown' }
    }
}

function Get-WitnessKind([string] $Type) {
    switch ($Type) {
        'Cloud Witness' { return 'cloud' }
        'File Share Witness' { return 'share' }
        'Physical Disk' { return 'disk' }
        default { return 'other' }
    }
}

# The domain that this computer is a member of; '' when it is in none.
function Get-OwnDomain {
    $key = 'HKLM:\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters'
    if (-not (Test-Path -LiteralPath $key)) { return '' }
    return Get-Text (Get-ItemProperty -LiteralPath $key -ErrorAction Stop) 'Domain'
}

$name = ''
$domain = ''
$nodes = @()
$addresses = @()
$witness = $null
$registration = $null
$warnings = @()

if ($null -eq (Get-Command -Name 'Get-ClusterNode' -ErrorAction SilentlyContinue)) {
    $warnings += 'cluster-module-missing'
}
else {
    try {
        $cluster = Get-Cluster -ErrorAction Stop
        $name = Get-Text $cluster 'Name'
        $domain = Get-Text $cluster 'Domain'
    }
    catch { $warnings += 'cluster-unreadable' }

    # The node that runs this is a member of the nodes' domain.
    if (-not $domain) {
        try { $domain = Get-OwnDomain }
        catch { $domain = '' }
    }
    if (-not $domain) { $warnings += 'domain-unknown' }

    try {
        $nodes = @(Get-ClusterNode -ErrorAction Stop | ForEach-Object {
            $node = Get-Text $_ 'Name'
            $fqdn = $node
            if ($domain) { $fqdn = "$node.$domain" }
            New-Object -TypeName psobject -Property @{
                name  = $node
                fqdn  = $fqdn
                state = Get-StateWord (Get-Text $_ 'State')
                build = Get-Text $_ 'BuildNumber'
            }
        })
    }
    catch { $warnings += 'nodes-unreadable' }

    # Of the cluster's own name, with the network that they are in; a name without an address has none.
    try {
        $addresses = @(Get-ClusterResource -ErrorAction Stop | Where-Object {
            (Get-Text $_ 'ResourceType') -eq 'IP Address' -and (Get-Text $_ 'IsCoreResource') -eq 'True'
        } | ForEach-Object {
            $found = @{ address = ''; mask = '' }
            $_ | Get-ClusterParameter -Name 'Address', 'SubnetMask' -ErrorAction Stop | ForEach-Object {
                if ($_.Name -eq 'Address') { $found.address = [string]$_.Value }
                if ($_.Name -eq 'SubnetMask') { $found.mask = [string]$_.Value }
            }
            New-Object -TypeName psobject -Property $found
        })
    }
    # Nothing depends on them but what the tool proposes.
    catch { $addresses = @() }

    try {
        $resource = (Get-ClusterQuorum -ErrorAction Stop).QuorumResource
        if ($null -ne $resource) {
            $kind = Get-WitnessKind (Get-Text $resource 'ResourceType')
            $account = ''
            $endpoint = ''
            if ($kind -eq 'cloud') {
                # No other parameter is read: one of them is the key of the storage account.
                Get-ClusterResource -Name (Get-Text $resource 'Name') -ErrorAction Stop |
                    Get-ClusterParameter -Name 'AccountName', 'EndpointInfo' -ErrorAction Stop |
                    ForEach-Object {
                        if ($_.Name -eq 'AccountName') { $account = [string]$_.Value }
                        if ($_.Name -eq 'EndpointInfo') { $endpoint = [string]$_.Value }
                    }
            }
            $witness = New-Object -TypeName psobject -Property @{ kind = $kind; account = $account; endpoint = $endpoint }
        }
    }
    catch { $warnings += 'witness-unreadable' }
}

if ($null -eq (Get-Command -Name 'Get-AzureStackHCI' -ErrorAction SilentlyContinue)) {
    $warnings += 'registration-command-missing'
}
else {
    try {
        $hci = Get-AzureStackHCI -ErrorAction Stop
        $registration = New-Object -TypeName psobject -Property @{
            status     = Get-Text $hci 'RegistrationStatus'
            connection = Get-Text $hci 'ConnectionStatus'
            region     = Get-Text $hci 'Region'
        }
    }
    catch { $warnings += 'registration-unreadable' }
}

New-Object -TypeName psobject -Property @{
    name         = $name
    nodes        = $nodes
    addresses    = $addresses
    registration = $registration
    witness      = $witness
    warnings     = $warnings
    account      = "$env:USERDOMAIN\$env:USERNAME"
}
