# A change by the module WinInetProxy, or by Windows' own commands where the policy does not let the module run. The
# script that wants it says how: Invoke-ByModule and Invoke-ByCommands.

$module = @{ refused = $false; by = 'module' }

# Whether an error is the constrained language's own refusal; the identifiers do not depend on the system's language.
function Test-Refusal($ErrorRecord) {
    return $ErrorRecord.FullyQualifiedErrorId -match 'ConstrainedLanguage|CannotDefineNewType|OnlyToCoreTypes|LanguageMode'
}

# Runs the documented command. $Code begins the message of what fails.
function Invoke-Module([hashtable] $Arguments, [string] $Code) {
    if (@(Get-Module -ListAvailable -Name 'WinInetProxy').Count -eq 0) {
        throw 'module-missing: The PowerShell module WinInetProxy is not installed on this node.'
    }
    try { Import-Module -Name 'WinInetProxy' -ErrorAction Stop | Out-Null }
    catch {
        $module.refused = Test-Refusal $_
        throw "module-not-loaded: $($_.Exception.Message)"
    }

    # The module takes what is not given from variables of the same name: a left-over must not decide.
    $kept = @{
        Server = $env:ProxyServer; Bypass = $env:ProxyBypass; PerUser = $env:ProxySettingsPerUser
        Detect = $env:AutoDetect; ScriptUrl = $env:AutoConfigURL; Pac = $env:PACUrl
    }
    $env:ProxyServer = $env:ProxyBypass = $env:ProxySettingsPerUser = $env:AutoDetect = $env:AutoConfigURL = $env:PACUrl = $null
    try { Set-WinInetProxy @Arguments | Out-Null }
    catch {
        $module.refused = Test-Refusal $_
        throw "${Code}: $($_.Exception.Message)"
    }
    finally {
        $env:ProxyServer = $kept.Server
        $env:ProxyBypass = $kept.Bypass
        $env:ProxySettingsPerUser = $kept.PerUser
        $env:AutoDetect = $kept.Detect
        $env:AutoConfigURL = $kept.ScriptUrl
        $env:PACUrl = $kept.Pac
    }
}

function Invoke-ByEither {
    try { Invoke-ByModule }
    catch {
        # A module that the policy does not trust runs in the constrained language, whoever calls it, and cannot work there.
        if ([string]$ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage' -and -not $module.refused) { throw }
        $module.by = 'commands'
        Invoke-ByCommands
    }
}

# The whole of it: kept, changed, the other layers too. $WinHttpWords are netsh's, by what -WinHttp may be.
function Invoke-Change([string] $Code, [hashtable] $WinHttpWords) {
    if ($Change -ceq '') { Invoke-ByEither; return }
    $touched = @('policy', 'machine.*', 'user.*') + @(Get-LineId $Values)
    if ($WinHttp -cne '') { $touched += 'winhttp*' }
    Open-Change $touched
    try {
        Limit-Kept
        # The documented command writes the account's own values, too; they are not the tool's.
        $own = @($order | Where-Object { $_ -like 'user.*' } | ForEach-Object { "$_=$(Get-RawValue $_)" })
        try { Invoke-ByEither }
        finally { foreach ($line in $own) { Set-RawValue $line } }
        try {
            foreach ($line in $Values) { Set-RawValue $line }
            if ($WinHttpWords.ContainsKey($WinHttp)) {
                $words = @($WinHttpWords[$WinHttp])
                netsh.exe winhttp @words | Out-Null
                if ($LASTEXITCODE -ne 0) { throw "netsh winhttp $($words[0]) proxy ended with $LASTEXITCODE" }
            }
            if ($RestartAgent) {
                foreach ($service in 'himds', 'ExtensionService', 'GCArcService') { Restart-Service -Name $service -Force -ErrorAction Stop }
            }
        }
        catch { throw "${Code}: $($_.Exception.Message)" }
    }
    finally { Complete-Change }
}
