<#
.SYNOPSIS
    Reads the WinINet proxy of this node.
.DESCRIPTION
    Tells whether the proxy is machine-wide (policy value ProxySettingsPerUser = 0) and what is in force: the settings
    of the machine when it is, else those of the account that runs this script. The source is the value
    DefaultConnectionSettings that WinINet itself reads. A value that cannot be understood is reported as not readable
    and never guessed.

    With -Layers, every value that a change can touch is told as it is stored, to the byte, with the Arc agent's own setting,
    what the node keeps of earlier changes, and who else writes these settings. Changes nothing.
.PARAMETER Layers
    Tells every layer too; slower.
.PARAMETER Routes
    Tells by what clients go beside WinINet (WinHTTP's value, the machine's variables, the Arc agent's setting) and
    nothing that only a change needs: the modules, adapters and policies of a node take long to look through.
.PARAMETER SkipAgent
    Tells of the Arc agent only that it is there: it gave no answer before, and the rest must not wait for it again.
.NOTES
    Language: constrained
.ROLE
    Readers
#>
[CmdletBinding()]
param(
    # Tell every layer too, what the node keeps of changes, and who else writes.
    [bool] $Layers = $false,

    # Tell the ways of all clients, and nothing else.
    [bool] $Routes = $false,

    # Ask no Arc agent.
    [bool] $SkipAgent = $false
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$settingsKey = 'SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings'
$policyKey = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\CurrentVersion\Internet Settings'

function Get-RegistryValue([string] $Path, [string] $Name) {
    if (-not (Test-Path -LiteralPath $Path)) { return $null }
    $property = (Get-ItemProperty -LiteralPath $Path -ErrorAction Stop).PSObject.Properties[$Name]
    if ($null -eq $property) { return $null }
    return , $property.Value
}

# Four bytes, the lowest first; the sign does not matter to what is read here.
function Read-Number([byte[]] $Bytes, [int] $At) {
    return [long]$Bytes[$At] + 256 * $Bytes[$At + 1] + 65536 * $Bytes[$At + 2] + 16777216 * [long]$Bytes[$At + 3]
}

# Layout, little-endian: version, counter, flags (2 proxy, 4 script, 8 detect), then three strings, each behind its
# length: server, bypass list, script address. What follows is WinINet's own and is not looked at.
function Read-ConnectionBlob($Blob) {
    $read = @{ readable = $true; server = ''; bypass = ''; pacUrl = ''; autoDetect = $false }
    if ($null -eq $Blob) { return $read }
    $read.readable = $false
    if ($Blob -isnot [byte[]] -or $Blob.Length -lt 12) { return $read }
    $version = Read-Number $Blob 0
    if ($version -lt 0x3C -or $version -gt 0xFFFF) { return $read }
    $flags = Read-Number $Blob 8
    $texts = @('', '', '')
    $at = 12
    for ($i = 0; $i -lt 3; $i++) {
        if ($Blob.Length - $at -lt 4) { return $read }
        $length = Read-Number $Blob $at
        $at += 4
        if ($length -gt $Blob.Length - $at) { return $read }
        # One byte, one character: nothing is lost, whatever the code page was.
        if ($length -gt 0) { $texts[$i] = -join [char[]]$Blob[$at..($at + $length - 1)] }
        $at += $length
    }
    $read.readable = $true
    if ($flags -band 2) {
        $read.server = $texts[0]
        $read.bypass = $texts[1]
    }
    if ($flags -band 4) { $read.pacUrl = $texts[2] }
    $read.autoDetect = [bool]($flags -band 8)
    return $read
}

function Read-Hive([string] $Drive) {
    try { return Read-ConnectionBlob (Get-RegistryValue "${Drive}:\$settingsKey\Connections" 'DefaultConnectionSettings') }
    catch { return @{ readable = $false; server = ''; bypass = ''; pacUrl = ''; autoDetect = $false } }
}

$perUserPolicy = $null
$policyReadable = $true
try {
    $policy = Get-RegistryValue $policyKey 'ProxySettingsPerUser'
    # A number: a text is no policy.
    if ($policy -is [int] -and $policy -in 0, 1) { $perUserPolicy = $policy }
}
catch { $policyReadable = $false }
$machineWide = $perUserPolicy -eq 0

$machine = Read-Hive 'HKLM'
$inForce = $machine
if (-not $machineWide) { $inForce = Read-Hive 'HKCU' }
$leftover = ''
if (-not $machineWide) { $leftover = $machine.server }

# What each account of Windows' own services is set to, where each has its own setting. One that is set to nothing looks for a script.
function Get-ServiceSetting {
    $names = @{ 'S-1-5-18' = 'LocalSystem'; 'S-1-5-19' = 'LocalService'; 'S-1-5-20' = 'NetworkService' }
    foreach ($account in 'S-1-5-18', 'S-1-5-19', 'S-1-5-20') {
        $key = "Registry::HKEY_USERS\$account\$settingsKey\Connections"
        $proxy = '?'
        $looks = $true
        try {
            $blob = Get-RegistryValue $key 'DefaultConnectionSettings'
            $read = Read-ConnectionBlob $blob
            if ($read.readable) {
                $proxy = "$($read.pacUrl) $($read.server)".Trim()
                $looks = $null -eq $blob -or $read.autoDetect
            }
        }
        catch { $proxy = '?' }
        @{ name = $names[$account]; proxy = $proxy; looks = $looks }
    }
}

$services = @()
if (-not $machineWide) { $services = @(Get-ServiceSetting) }
# By account: the script and the proxy that only it has, '?' where that cannot be read.
$serviceProxies = @($services | Where-Object { $_.proxy } | ForEach-Object { "$($_.name)=$($_.proxy)" })

# Whether services look for a proxy configuration script (WPAD), unless it is forbidden for the whole computer.
$detects = $inForce.autoDetect
if (-not $machineWide) { $detects = @($services | Where-Object { $_.looks }).Count -gt 0 }
if ($detects) {
    try { $detects = (Get-RegistryValue "HKLM:\$settingsKey\WinHttp" 'DisableWpad') -ne 1 } catch { $detects = $true }
}

$moduleVersion = $null
if (-not $Routes) {
    foreach ($module in @(Get-Module -ListAvailable -Name 'WinInetProxy')) {
        if ($null -eq $moduleVersion -or $module.Version -gt [version]$moduleVersion) { $moduleVersion = [string]$module.Version }
    }
}

$setting = @{
    computerName   = [string]$env:COMPUTERNAME
    machineWide    = $machineWide
    perUserPolicy  = $perUserPolicy
    server         = $inForce.server
    bypass         = @($inForce.bypass -split ';' | ForEach-Object { $_.Trim() } | Where-Object { $_ })
    pacUrl         = $inForce.pacUrl
    autoDetect     = $inForce.autoDetect
    detects        = [bool]$detects
    serviceProxies = $serviceProxies
    moduleVersion  = $moduleVersion
    readable       = $policyReadable -and $inForce.readable
    leftoverServer = $leftover
    languageMode   = [string]$ExecutionContext.SessionState.LanguageMode
    runBy          = $(if ($MyInvocation.MyCommand.ModuleName) { 'module' } else { 'script' })
}

if (-not $Layers -and -not $Routes) {
    New-Object -TypeName psobject -Property $setting
    return
}

# Shared: ProxyValues

if ($Routes) {
    $order = 'winhttp', 'env.HTTP_PROXY', 'env.HTTPS_PROXY', 'env.NO_PROXY'
    $exact = $false
}

# One setting of the Arc agent, all that it says; fails when it cannot be started, or ends with another code than -Ends.
function Get-AgentSetting([string] $Program, [string] $Name, [int[]] $Ends) {
    # Not Stop: in a remote session each line that a program writes to its error stream would then end the script.
    $ErrorActionPreference = 'Continue'
    $said = @(& $Program config get $Name 2>&1)
    $code = $LASTEXITCODE
    if ($Ends -notcontains $code) { throw "azcmagent config get $Name, exit code $code. $(@($said | ForEach-Object { [string]$_ }) -join ' ')" }
    if ($code -ne 0) { return '' }
    # What stood on its error stream is no text.
    return (@($said | Where-Object { $_ -is [string] }) -join "`n").Trim()
}

# Where its installer puts it: a bare name that is not there would be looked for in every module of the node.
$arcAgent = $null
$program = "$env:ProgramFiles\AzureConnectedMachineAgent\azcmagent.exe"
if ($null -ne (Get-Command -Name $program -ErrorAction SilentlyContinue)) {
    try {
        $arcAgent = @{ unread = '' }
        if (-not $SkipAgent) {
            $arcAgent = @{
                proxyUrl       = Get-AgentSetting $program 'proxy.url' 0
                proxyBypass    = Get-AgentSetting $program 'proxy.bypass' 0
                # Agents from before Arc gateway do not know it, and refuse the name.
                connectionType = Get-AgentSetting $program 'connection.type' (0..255)
            }
        }
    }
    catch { $arcAgent = @{ unread = [string]$_ } }
}

$rawLines = @()
$valuesUnread = ''
try { $rawLines = @(Get-RawValueLines) } catch { $valuesUnread = [string]$_ }

if ($Routes) {
    $setting['values'] = $rawLines
    $setting['arcAgent'] = $arcAgent
    New-Object -TypeName psobject -Property $setting
    return
}

# Shared: ChangeRunning

# Shared: ChangeNumber

# What is kept of the tool's changes, the last ten and the first. A file that cannot be read hides no other one.
function Get-Text([string] $Path) {
    try {
        if (Test-Path -LiteralPath $Path) { return [string](Get-Content -LiteralPath $Path -Raw -ErrorAction Stop) }
    }
    catch { return '' }
    return ''
}

# A folder may be taken away by a change of another administrator just now.
function Test-Ended([string] $Path) {
    try { return -not (Test-ChangeRunning $Path) }
    catch { return -not (Test-Path -LiteralPath $Path) }
}

$changes = @()
$store = "$env:ProgramData\OutboundConnectivity\Proxy"
try {
    if (Test-Path -LiteralPath $store) {
        $changes = @(Get-ChildItem -LiteralPath $store | Where-Object { $_.PSIsContainer } | ForEach-Object {
            $folder = $_.FullName
            if (-not (Test-Path -LiteralPath "$folder\closed.json")) {
                New-Object -TypeName psobject -Property @{
                    id       = $_.Name
                    number   = Get-ChangeNumber $folder
                    begun    = $true
                    ended    = Test-Ended $folder
                    cutOff   = -not (Test-Path -LiteralPath "$folder\end.json")
                    snapshot = Get-Text "$folder\snapshot.json"
                    outcome  = Get-Text "$folder\outcome.json"
                }
            }
        })
    }
}
catch { $changes = @() }

# Shared: SettingOwners

$others = Get-SettingOwners

$addresses = @()
if ($null -ne (Get-Command -Name 'Get-NetIPAddress' -ErrorAction SilentlyContinue)) {
    try {
        $addresses = @(Get-NetIPAddress -AddressFamily IPv4 -ErrorAction Stop | ForEach-Object { [string]$_.IPAddress } |
            Where-Object { $_ -notlike '127.*' -and $_ -notlike '169.254.*' })
    }
    catch { $addresses = @() }
}

$setting['values'] = $rawLines
$setting['valuesUnread'] = $valuesUnread
$setting['arcAgent'] = $arcAgent
$setting['changes'] = $changes
$setting['owners'] = @($others.owners)
$setting['ownersUnread'] = @($others.unread)
$setting['addresses'] = $addresses
$setting['account'] = "$env:USERDOMAIN\$env:USERNAME"
New-Object -TypeName psobject -Property $setting
