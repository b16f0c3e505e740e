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
