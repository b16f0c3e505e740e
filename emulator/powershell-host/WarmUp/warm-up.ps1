# What administrators' scripts use, in small; EngineWarmUp.cs runs it. The node on which it runs is nobody's.
param([int] $Port, [object[]] $Items)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

# --- Registry, environment, modules, bytes and text

function Get-Named($Object, [string] $Name) {
    if ($Object -is [Collections.IDictionary]) { return $Object[$Name] }
    $property = $Object.PSObject.Properties[$Name]
    if ($null -eq $property) { return $null }
    return $property.Value
}

$key = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings\Connections'
if (Test-Path -LiteralPath $key) { $null = Get-Named (Get-ItemProperty -LiteralPath $key) 'none' }
$null = @(Get-Module -ListAvailable -Name 'none')
$null = [string]$env:COMPUTERNAME
$null = [BitConverter]::ToInt32([byte[]](1, 0, 0, 0), 0) -band 3
$null = [Text.Encoding]::ASCII.GetString([Text.Encoding]::ASCII.GetBytes('text'), 0, 4)
$null = @('a.b;c' -split '[;\s]+' | ForEach-Object { $_.Trim() } | Where-Object { $_ -match '^(\w)\.?(.*)$' })
$null = [regex]::Escape('a.b') -replace '\\\.', '.'
$null = [DateTime]::UtcNow.ToString('o')
try { throw 'expected' } catch { $null = $_.Exception.Message }

# --- Delegates from expression trees, as scripts make them that may not compile C#

$x = [Linq.Expressions.Expression]
$stamps = [Collections.Concurrent.ConcurrentDictionary[object, long]]::new()
$task = $x::Parameter([Threading.Tasks.Task], 'task')
$mark = $x::Parameter([object], 'mark')
$add = $x::Call($x::Constant($stamps), $stamps.GetType().GetMethod('TryAdd'),
    [Linq.Expressions.Expression[]]@($mark, $x::Call([Diagnostics.Stopwatch].GetMethod('GetTimestamp'))))
$note = $x::Lambda([Action[Threading.Tasks.Task, object]], $add,
    [Linq.Expressions.ParameterExpression[]]@($task, $mark)).Compile()
$then = [Threading.Tasks.Task].GetMethod('ContinueWith',
    [Type[]]@([Action[Threading.Tasks.Task, object]], [object], [Threading.Tasks.TaskContinuationOptions]))

$sender = $x::Parameter([object], 'sender')
$certificate = $x::Parameter([Security.Cryptography.X509Certificates.X509Certificate], 'certificate')
$chain = $x::Parameter([Security.Cryptography.X509Certificates.X509Chain], 'chain')
$problems = $x::Parameter([Net.Security.SslPolicyErrors], 'problems')
$accept = $x::Lambda([Net.Security.RemoteCertificateValidationCallback], $x::Constant($true),
    [Linq.Expressions.ParameterExpression[]]@($sender, $certificate, $chain, $problems)).Compile()

# --- Name, connection, TLS and one exchange, with this process itself

function Wait-Task($Task) {
    $watch = @{ task = $Task; mark = [object]::new() }
    $null = $then.Invoke($Task, [object[]]@(
            $note, $watch.mark, [Threading.Tasks.TaskContinuationOptions]::ExecuteSynchronously))
    while (-not $stamps.ContainsKey($watch.mark)) { [Threading.Thread]::Sleep(1) }
    if ($watch.task.IsFaulted) { throw $watch.task.Exception }
}

$name = [Net.Dns]::GetHostAddressesAsync('127.0.0.1')
Wait-Task $name
$addresses = [Collections.Generic.List[object]]::new()
foreach ($address in $name.Result) { $addresses.Add($address) }
$client = [Net.Sockets.TcpClient]::new([Net.Sockets.AddressFamily]::InterNetwork)
try {
    Wait-Task $client.ConnectAsync($addresses[0], $Port)
    $tls = [Net.Security.SslStream]::new($client.GetStream(), $false, $accept)
    Wait-Task $tls.AuthenticateAsClientAsync('localhost',
        [Security.Cryptography.X509Certificates.X509CertificateCollection]::new(),
        [Security.Authentication.SslProtocols]::Tls12, $false)
    $buffer = [byte[]]::new(64)
    $null = $tls.WriteAsync($buffer, 0, 1)
    Wait-Task $tls.ReadAsync($buffer, 0, $buffer.Length)
    $copy = [Security.Cryptography.X509Certificates.X509Certificate2]::new($tls.RemoteCertificate.GetRawCertData())
    $null = "$($copy.Subject) $($copy.Thumbprint) $($copy.NotAfter.ToUniversalTime().ToString('o'))"
    $copy.Dispose()
    $tls.Dispose()
}
finally { $client.Dispose() }

# --- Objects in and out

foreach ($item in $Items) {
    [pscustomobject]@{ id = [string](Get-Named $item 'id'); list = @($addresses.ToArray()); ms = [math]::Round(1.25, 1) }
}
