# Others that write these settings, and will write them again: 'code=what they name'. What could not be read is told of,
# too: 'code=why', since nobody can be called unknown by files that nobody read.
function Get-SettingOwners {
    $owners = @()
    $unread = @()
    $proxyNames = 'ProxySettingsPerUser', 'ProxyEnable', 'ProxyServer', 'ProxyOverride', 'AutoConfigURL', 'AutoDetect',
        'DefaultConnectionSettings', 'SavedLegacySettings', 'WinHttpSettings'
    $variables = 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'

    # Registry.pol: [key;value;type;size;data] in UTF-16 with zeros behind key and value; **del. before a value that is removed
    # ([MS-GPREG] 2.2.1 and 3.2.5.1). That of accounts (User) does not reach the machine.
    $named = @()
    foreach ($place in "$env:SystemRoot\System32\GroupPolicy\Machine\Registry.pol", "$env:SystemRoot\System32\GroupPolicy\DataStore") {
        try {
            if (-not (Test-Path -LiteralPath $place)) { continue }
            foreach ($file in @(Get-ChildItem -LiteralPath $place -Recurse -Force | Where-Object { $_.Name -eq 'Registry.pol' -and $_.FullName -notmatch '[\\/]User[\\/]' })) {
                try {
                    $text = [string](Get-Content -LiteralPath $file.FullName -Raw -Encoding Unicode -ErrorAction Stop) -replace "`0", ''
                    if ($text -like '*ProxySettingsPerUser*') { $named += 'ProxySettingsPerUser' }
                    foreach ($name in $proxyNames) {
                        if ($text -match "\\Internet Settings(\\Connections)?;(\*\*del\.)?$name;") { $named += $name }
                    }
                    foreach ($name in $variables) {
                        if ($text -match "\\(Session Manager\\)?Environment;(\*\*del\.)?$name;") { $named += $name }
                    }
                }
                catch { $unread += "group-policy=$($_.Exception.Message)" }
            }
        }
        catch { $unread += "group-policy=$($_.Exception.Message)" }
    }
    if ($named.Count -gt 0) { $owners += "group-policy=$(@($named | Select-Object -Unique) -join ', ')" }

    # What policies left in the registry, whatever file that was in. ProxySettingsPerUser there is what this tool writes itself.
    $values = @()
    foreach ($drive in 'HKLM', 'HKCU') {
        try {
            $key = "${drive}:\SOFTWARE\Policies\Microsoft\Windows\CurrentVersion\Internet Settings"
            if (-not (Test-Path -LiteralPath $key)) { continue }
            foreach ($item in @(Get-ItemProperty -LiteralPath $key -ErrorAction Stop)) {
                foreach ($name in $proxyNames) {
                    if ($name -ne 'ProxySettingsPerUser' -and $null -ne $item.PSObject.Properties[$name]) { $values += "$drive $name" }
                }
            }
        }
        catch { $unread += "policy-values=$($_.Exception.Message)" }
    }
    if ($values.Count -gt 0) { $owners += "policy-values=$($values -join ', ')" }

    # Group policy preferences keep what they last did for the machine: an element with the names of a value as attributes.
    $named = @()
    try {
        $history = "$env:ProgramData\Microsoft\Group Policy\History"
        if (Test-Path -LiteralPath $history) {
            $wanted = 'Registry.xml', 'EnvironmentVariables.xml'
            foreach ($file in @(Get-ChildItem -LiteralPath $history -Recurse -Force | Where-Object { $wanted -contains $_.Name -and $_.FullName -match '[\\/]Machine[\\/]' })) {
                try {
                    foreach ($element in @([string](Get-Content -LiteralPath $file.FullName -Raw -Encoding UTF8 -ErrorAction Stop) -split '<')) {
                        $names = $proxyNames
                        if ($file.Name -eq 'EnvironmentVariables.xml') { $names = $variables }
                        elseif ($element -notmatch '\bkey="[^"]*\\Internet Settings(\\Connections)?"') {
                            if ($element -notmatch '\bkey="[^"]*\\Session Manager\\Environment"') { continue }
                            $names = $variables
                        }
                        foreach ($name in $names) { if ($element -match "\bname=`"$name`"") { $named += $name } }
                    }
                }
                catch { $unread += "preferences=$($_.Exception.Message)" }
            }
        }
    }
    catch { $unread += "preferences=$($_.Exception.Message)" }
    if ($named.Count -gt 0) { $owners += "preferences=$(@($named | Select-Object -Unique) -join ', ')" }

    # The command comes with the service: where neither is, nothing of Network ATC is on the node.
    try {
        if ($null -ne (Get-Command -Name 'Get-NetIntent' -ErrorAction SilentlyContinue)) {
            $text = ConvertTo-Json -InputObject @(Get-NetIntent -GlobalOverrides -ErrorAction Stop) -Compress -Depth 6
            if ($text -match '"ProxyServer":"[^"]') { $owners += 'network-atc=ProxyServer' }
        }
        elseif (Test-Path -LiteralPath 'HKLM:\SYSTEM\CurrentControlSet\Services\NetworkATC') {
            $unread += 'network-atc=Get-NetIntent was not found.'
        }
    }
    catch { $unread += "network-atc=$($_.Exception.Message)" }

    return @{ owners = @($owners); unread = @($unread | Select-Object -Unique) }
}
