# Every value that a change of the proxy can touch.
$internet = 'SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings'
$environment = 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager\Environment'
$places = @{
    'policy'          = @('HKLM:\SOFTWARE\Policies\Microsoft\Windows\CurrentVersion\Internet Settings', 'ProxySettingsPerUser')
    'machine.default' = @("HKLM:\$internet\Connections", 'DefaultConnectionSettings')
    'machine.legacy'  = @("HKLM:\$internet\Connections", 'SavedLegacySettings')
    'machine.migrate' = @("HKLM:\$internet", 'MigrateProxy')
    'winhttp'         = @("HKLM:\$internet\Connections", 'WinHttpSettings')
    'winhttp32'       = @('HKLM:\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Internet Settings\Connections', 'WinHttpSettings')
    'env.HTTP_PROXY'  = @($environment, 'HTTP_PROXY')
    'env.HTTPS_PROXY' = @($environment, 'HTTPS_PROXY')
    'env.NO_PROXY'    = @($environment, 'NO_PROXY')
    'user.default'    = @("HKCU:\$internet\Connections", 'DefaultConnectionSettings')
    'user.legacy'     = @("HKCU:\$internet\Connections", 'SavedLegacySettings')
    'user.migrate'    = @("HKCU:\$internet", 'MigrateProxy')
}
$order = @(
    'policy', 'machine.default', 'machine.legacy', 'machine.migrate', 'winhttp', 'winhttp32',
    'env.HTTP_PROXY', 'env.HTTPS_PROXY', 'env.NO_PROXY', 'user.default', 'user.legacy', 'user.migrate'
)

# The registry provider tells no kind and fills variables in; reg.exe does neither.
function Get-RawText([string] $Key, [string] $Name, [string] $Text) {
    foreach ($line in @(reg.exe query ($Key -replace ':', '') /v $Name)) {
        if ($line -match '\s{4}REG_EXPAND_SZ\s{4}(.*)\z') { return "ExpandString|$($Matches[1])" }
    }
    return "String|$Text"
}

# 'absent', or kind and data: 'Binary|4600...', 'DWord|0', 'String|...'.
function Get-RawValue([string] $Id) {
    $key, $name = $places[$Id]
    if (-not (Test-Path -LiteralPath $key)) { return 'absent' }
    foreach ($item in @(Get-ItemProperty -LiteralPath $key -ErrorAction Stop)) {
        $property = $item.PSObject.Properties[$name]
        if ($null -eq $property) { continue }
        $value = $property.Value
        if ($value -is [byte[]]) { return 'Binary|' + (-join @($value | ForEach-Object { '{0:x2}' -f $_ })) }
        if ($value -is [int]) { return "DWord|$value" }
        if ($value -is [long]) { return "QWord|$value" }
        if ($value -is [string[]]) { return 'MultiString|' + ($value -join "`n") }
        return Get-RawText $key $name ([string]$value)
    }
    return 'absent'
}

function Get-RawValueLines {
    foreach ($id in $order) { "$id=$(Get-RawValue $id)" }
}
