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
# Without it, kinds that only matter to a way back are not looked for.
$exact = $true
$order = @(
    'policy', 'machine.default', 'machine.legacy', 'machine.migrate', 'winhttp', 'winhttp32',
    'env.HTTP_PROXY', 'env.HTTPS_PROXY', 'env.NO_PROXY', 'user.default', 'user.legacy', 'user.migrate'
)

# The registry provider tells no kind and fills variables in; reg.exe does neither.
function Read-Kind([string] $Key, [string] $Name) {
    foreach ($line in @(reg.exe query ($Key -replace ':', '') /v $Name)) {
        # The first one: what follows may be the value's own text.
        if ($line -match "\A\s{4}$Name\s{4}(REG_[A-Z_]+)(?:\s{4}(.*))?\z") { return @{ type = $Matches[1]; text = [string]$Matches[2] } }
    }
    return @{ type = 'unknown'; text = '' }
}

# A value that would not come back as it is: 'Other|' with its kind, and as much of it as shows a change.
function Get-OtherValue([string] $Type, $Value) {
    $shown = @($Value | ForEach-Object { if ($_ -is [byte]) { '{0:x2}' -f $_ } else { [string]$_ } }) -join ' '
    return "Other|$Type $($shown -creplace '[\x00-\x1f]', ' ')"
}

function Get-TextValue($Value, [string] $Type, [string] $Stored) {
    # It may go on behind what ends a text for everybody else.
    $isWhole = $Value -cnotmatch '\x00'
    if ($Type -ceq 'REG_SZ' -and $isWhole) { return "String|$Value" }
    if ($Type -ceq 'REG_EXPAND_SZ') {
        if ($isWhole -and $Stored -cnotmatch '%' -and $Value -cnotmatch '[\r\n]') { return "ExpandString|$Value" }
        # reg.exe writes a question mark for what its code page does not know.
        if ($Stored -cmatch '%' -and $Stored -cmatch '\A[ -~]+\z' -and $Stored -cnotmatch '\?' -and $Value -cnotmatch '[\x00-\x1f]') {
            return "ExpandString|$Stored"
        }
    }
    return Get-OtherValue $Type $Value
}

# 'absent', or kind and data: 'Binary|4600...', 'DWord|0', 'String|...'; 'Other|' for what cannot be put back.
function Get-RawValue([string] $Id) {
    $key, $name = $places[$Id]
    if (-not (Test-Path -LiteralPath $key)) { return 'absent' }
    foreach ($item in @(Get-ItemProperty -LiteralPath $key -ErrorAction Stop)) {
        $property = $item.PSObject.Properties[$name]
        if ($null -eq $property) { continue }
        $value = $property.Value
        if ($value -is [int]) { return "DWord|$value" }
        $isBytes = $value -is [byte[]]
        # Bytes are how other kinds come, too.
        if ($isBytes -and -not $exact) { return 'Binary|' + (-join @($value | ForEach-Object { '{0:x2}' -f $_ })) }
        $kind = Read-Kind $key $name
        if ($isBytes -and $kind.type -ceq 'REG_BINARY') { return 'Binary|' + (-join @($value | ForEach-Object { '{0:x2}' -f $_ })) }
        if ($value -is [long] -and $kind.type -ceq 'REG_QWORD') { return "QWord|$value" }
        if ($value -is [string[]] -and $value.Length -gt 0 -and @($value | Where-Object { $_ -ceq '' -or $_ -cmatch '\n' }).Count -eq 0) {
            return 'MultiString|' + ($value -join "`n")
        }
        if ($value -is [string]) { return Get-TextValue $value $kind.type $kind.text }
        return Get-OtherValue $kind.type $value
    }
    return 'absent'
}

function Get-RawValueLines {
    foreach ($id in $order) { "$id=$(Get-RawValue $id)" }
}
