<#
.SYNOPSIS
    Measures from this computer which endpoints of the outbound allowlist answer.
.DESCRIPTION
    For a node that Windows Admin Center cannot reach yet: before the cluster exists, before the gateway is installed. Made by
    the tool Outbound connectivity for the list that was chosen there, which stands below as data.

    Run it on each node, in Windows PowerShell, as administrator:

        powershell.exe -NoProfile -ExecutionPolicy Bypass -File .\Test-OutboundAllowlist.ps1

    It looks up, connects, asks the proxy that this computer has machine-wide, shakes hands and sends one HTTP request for
    each endpoint, by Windows' own curl.exe; time servers are asked by w32tm.exe. Works in the constrained language. Changes
    nothing but the file that it writes. Prints a table, with what was not tested; an answer alone does not prove that it is
    the service's own, so import the file in the tool, on the Reachability page under Earlier runs, where it is judged as any
    check is.

    Exit code 0: every endpoint that was tested answered. 1: some did not. 2: wrong use, nothing could be measured, or the file
    could not be written; the last line says why. Broken off with Ctrl+C it writes no file, and its code is none of these.
.NOTES
    Language: constrained
.ROLE
    Readers
.PARAMETER OutFile
    The file of measurements. Absent: outbound-check_COMPUTERNAME.json in the current folder.
.PARAMETER Proxy
    host:port of a proxy to try for everything, whatever this computer has; or direct, for none.
.PARAMETER TimeoutMs
    Time for one endpoint, all its phases together, 100 to 120000. 0: as chosen in the tool.
.PARAMETER Rest
    Nothing: whatever else is given is wrong use.
.EXAMPLE
    .\Test-OutboundAllowlist.ps1 -Proxy proxy.contoso.com:8080
#>
[CmdletBinding()]
param(
    [AllowEmptyString()]
    [string]
    $OutFile = '',

    [AllowEmptyString()]
    [string]
    $Proxy = '',

    [AllowEmptyString()]
    [string]
    $TimeoutMs = '0',

    # What nobody asked for: told, not passed over.
    [Parameter(ValueFromRemainingArguments = $true)]
    [object[]]
    $Rest = @()
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

# The list as JSON, in characters that can end no text: it is data, whatever it holds.
$json = @(
    '{"tool":{"name":"Outbound connectivity","version":"0.1.0"},"cluster":"cluster","cloud":"public","edition":{"id":"azure-local-2026-07","published":"2026-07-14","name":"2026-07: Azure Local, version 23H2, 24H2"},"selection":{"features":["deployment","authentication","management","diagnostics-billing","arc-servers","arc-gateway","resource-bridge","aks-infra","monitoring","windows-admin-center","benefits","certificate-revocation","microsoft-update","defender","cloud-witness"],"region":"eastus","vendor":null,"arcGateway":false,"timeoutMs":5000},"endpoints":[',
    '{"host":"www.powershellgallery.com","port":443,"protocol":"https","rules":["www-powershellgallery-com-443"],"standsFor":[],"untested":null},',
    '{"host":"portal.azure.com","port":443,"protocol":"https","rules":["portal-azure-com-443"],"standsFor":[],"untested":null},',
    '{"host":"winadmincenterassets.blob.core.windows.net","port":443,"protocol":"https","rules":["any-blob-core-windows-net-443"],"standsFor":["*.blob.core.windows.net"],"untested":null},',
    '{"host":"hciarcvmscontainerregistry.azurecr.io","port":443,"protocol":"https","rules":["hciarcvmscontainerregistry-azurecr-io-443"],"standsFor":[],"untested":null},',
    '{"host":"azurestackreleases.download.prss.microsoft.com","port":443,"protocol":"https","rules":["azurestackreleases-download-prss-microsoft-com-443"],"standsFor":[],"untested":null},',
    '{"host":"settings-win.data.microsoft.com","port":443,"protocol":"https","rules":["settings-win-data-microsoft-com-443"],"standsFor":[],"untested":null},',
    '{"host":"aka.ms","port":443,"protocol":"https","rules":["aka-ms-443"],"standsFor":[],"untested":null},',
    '{"host":"internetbeacon.msedge.net","port":80,"protocol":"tcp","rules":["internetbeacon-msedge-net-80"],"standsFor":[],"untested":null},',
    '{"host":"internetbeacon.msedge.net","port":443,"protocol":"tcp","rules":["internetbeacon-msedge-net-443"],"standsFor":[],"untested":null},',
    '{"host":"login.microsoftonline.com","port":443,"protocol":"https","rules":["login-microsoftonline-com-443"],"standsFor":[],"untested":null},',
    '{"host":"graph.windows.net","port":443,"protocol":"https","rules":["graph-windows-net-443"],"standsFor":[],"untested":null},',
    '{"host":"graph.microsoft.com","port":443,"protocol":"https","rules":["graph-microsoft-com-443"],"standsFor":[],"untested":null},',
    '{"host":"login.windows.net","port":443,"protocol":"https","rules":["login-windows-net-443"],"standsFor":[],"untested":null},',
    '{"host":"login.microsoft.com","port":443,"protocol":"https","rules":["login-microsoft-com-443"],"standsFor":[],"untested":null},',
    '{"host":"keyvault.vault.azure.net","port":443,"protocol":"https","rules":["any-vault-azure-net-443"],"standsFor":["*.vault.azure.net"],"untested":null},',
    '{"host":"eastus.login.microsoft.com","port":443,"protocol":"https","rules":["eastus-login-microsoft-com-443"],"standsFor":[],"untested":null},',
    '{"host":"management.azure.com","port":443,"protocol":"https","rules":["management-azure-com-443"],"standsFor":[],"untested":null},',
    '{"host":"dp.stackhci.azure.com","port":443,"protocol":"https","rules":["dp-stackhci-azure-com-443"],"standsFor":[],"untested":null},',
    '{"host":"licensing.platform.edge.azure.com","port":443,"protocol":"https","rules":["licensing-platform-edge-azure-com-443"],"standsFor":[],"untested":null},',
    '{"host":"billing.platform.edge.azure.com","port":443,"protocol":"https","rules":["billing-platform-edge-azure-com-443"],"standsFor":[],"untested":null},',
    '{"host":"azurestackhci.azurefd.net","port":443,"protocol":"https","rules":["azurestackhci-azurefd-net-443"],"standsFor":[],"untested":null},',
    '{"host":"download.microsoft.com","port":443,"protocol":"https","rules":["download-microsoft-com-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"pas.windows.net","port":443,"protocol":"https","rules":["pas-windows-net-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"guestnotificationservice.azure.com","port":443,"protocol":"https","rules":["guestnotificationservice-azure-com-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"gbl.his.arc.azure.com","port":443,"protocol":"https","rules":["gbl-his-arc-azure-com-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"agentserviceapi.guestconfiguration.azure.com","port":443,"protocol":"https","rules":["agentserviceapi-guestconfiguration-azure-com-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"azgnrelay-eastus-l1.servicebus.windows.net","port":443,"protocol":"https","rules":["azgn-any-servicebus-windows-net-443","any-servicebus-windows-net-443"],"standsFor":["azgn*.servicebus.windows.net","*.servicebus.windows.net"],"untested":null,"connects":"agent"},',
    '{"host":"eus.his.arc.azure.com","port":443,"protocol":"https","rules":["eus-his-arc-azure-com-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"eastus-gas.guestconfiguration.azure.com","port":443,"protocol":"https","rules":["eastus-gas-guestconfiguration-azure-com-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"msk8s.api.cdp.microsoft.com","port":443,"protocol":"https","rules":["msk8s-api-cdp-microsoft-com-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"msk8s.sb.tlu.dl.delivery.mp.microsoft.com","port":443,"protocol":"https","rules":["msk8s-sb-tlu-dl-delivery-mp-microsoft-com-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"time.windows.com","port":123,"protocol":"udp","rules":["time-windows-com-123-udp"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"k8connecthelm.azureedge.net","port":443,"protocol":"https","rules":["k8connecthelm-azureedge-net-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"kvamanagementoperator.azurecr.io","port":443,"protocol":"https","rules":["kvamanagementoperator-azurecr-io-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"packages.microsoft.com","port":443,"protocol":"https","rules":["packages-microsoft-com-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"k8sconnectcsp.azureedge.net","port":443,"protocol":"https","rules":["k8sconnectcsp-azureedge-net-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"prod5.prod.hot.ingest.monitor.core.windows.net","port":443,"protocol":"https","rules":["any-prod-hot-ingest-monitor-core-windows-net-443"],"standsFor":["*.prod.hot.ingest.monitor.core.windows.net"],"untested":null,"connects":"agent"},',
    '{"host":"prod5.prod.hot.ingestion.msftcloudes.com","port":443,"protocol":"https","rules":["prod5-prod-hot-ingestion-msftcloudes-com-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"arcplatformcliextprod.z13.web.core.windows.net","port":443,"protocol":"https","rules":["arcplatformcliextprod-z13-web-core-windows-net-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"eastus.dp.prod.appliances.azure.com","port":443,"protocol":"https","rules":["eastus-dp-prod-appliances-azure-com-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"mcr.microsoft.com","port":443,"protocol":"https","rules":["mcr-microsoft-com-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"westus.data.mcr.microsoft.com","port":443,"protocol":"https","rules":["westus-data-mcr-microsoft-com-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"azurearcfork8s.azurecr.io","port":443,"protocol":"https","rules":["azurearcfork8s-azurecr-io-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"linuxgeneva-microsoft.azurecr.io","port":443,"protocol":"https","rules":["linuxgeneva-microsoft-azurecr-io-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"azurearcfork8sdev.azurecr.io","port":443,"protocol":"https","rules":["azurearcfork8sdev-azurecr-io-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"hybridaks.azurecr.io","port":443,"protocol":"https","rules":["hybridaks-azurecr-io-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"aszk8snetworking.azurecr.io","port":443,"protocol":"https","rules":["aszk8snetworking-azurecr-io-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"geo.prod.do.dsp.mp.microsoft.com","port":443,"protocol":"https","rules":["any-do-dsp-mp-microsoft-com-443","any-prod-do-dsp-mp-microsoft-com-443"],"standsFor":["*.do.dsp.mp.microsoft.com","*.prod.do.dsp.mp.microsoft.com"],"untested":null,"connects":"agent"},',
    '{"host":"sts.windows.net","port":443,"protocol":"https","rules":["sts-windows-net-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"ecpacr.azurecr.io","port":443,"protocol":"https","rules":["ecpacr-azurecr-io-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"hciarcvmsstorage.z13.web.core.windows.net","port":443,"protocol":"https","rules":["hciarcvmsstorage-z13-web-core-windows-net-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"www.msftconnecttest.com","port":80,"protocol":"http","rules":["www-msftconnecttest-com-80"],"standsFor":[],"untested":null,"path":"/connecttest.txt","connects":"agent"},',
    '{"host":"edgesupprd.trafficmanager.net","port":443,"protocol":"https","rules":["edgesupprd-trafficmanager-net-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"azurewatsonanalysis-prod.core.windows.net","port":443,"protocol":"https","rules":["azurewatsonanalysis-prod-core-windows-net-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"northeurope.data.mcr.microsoft.com","port":443,"protocol":"https","rules":["northeurope-data-mcr-microsoft-com-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"westeurope.data.mcr.microsoft.com","port":443,"protocol":"https","rules":["westeurope-data-mcr-microsoft-com-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"eastus.dp.kubernetesconfiguration.azure.com","port":443,"protocol":"https","rules":["eastus-dp-kubernetesconfiguration-azure-com-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"raw.githubusercontent.com","port":443,"protocol":"https","rules":["raw-githubusercontent-com-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"eastus.obo.arc.azure.com","port":8084,"protocol":"https","rules":["eastus-obo-arc-azure-com-8084"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"pipelineagent.azurecr.io","port":443,"protocol":"https","rules":["pipelineagent-azurecr-io-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"fe3cr.delivery.mp.microsoft.com","port":443,"protocol":"https","rules":["fe3cr-delivery-mp-microsoft-com-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"hybridaksstorage.z13.web.core.windows.net","port":443,"protocol":"https","rules":["hybridaksstorage-z13-web-core-windows-net-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"www.microsoft.com","port":443,"protocol":"https","rules":["www-microsoft-com-443"],"standsFor":[],"untested":null,"connects":"agent"},',
    '{"host":"global.prod.microsoftmetrics.com","port":443,"protocol":"https","rules":["global-prod-microsoftmetrics-com-443"],"standsFor":[],"untested":null},',
    '{"host":"prod5.prod.microsoftmetrics.com","port":443,"protocol":"https","rules":["prod5-prod-microsoftmetrics-com-443"],"standsFor":[],"untested":null},',
    '{"host":"dc.services.visualstudio.com","port":443,"protocol":"https","rules":["dc-services-visualstudio-com-443"],"standsFor":[],"untested":null},',
    '{"host":"qos.prod.warm.ingest.monitor.core.windows.net","port":443,"protocol":"https","rules":["qos-prod-warm-ingest-monitor-core-windows-net-443"],"standsFor":[],"untested":null},',
    '{"host":"gcs.prod.monitoring.core.windows.net","port":443,"protocol":"https","rules":["gcs-prod-monitoring-core-windows-net-443"],"standsFor":[],"untested":null},',
    '{"host":"adhs.events.data.microsoft.com","port":443,"protocol":"https","rules":["adhs-events-data-microsoft-com-443"],"standsFor":[],"untested":null},',
    '{"host":"v20.events.data.microsoft.com","port":443,"protocol":"https","rules":["v20-events-data-microsoft-com-443"],"standsFor":[],"untested":null},',
    '{"host":"eastus-shared.prod.warm.ingest.monitor.core.windows.net","port":443,"protocol":"https","rules":["eastus-shared-prod-warm-ingest-monitor-core-windows-net-443"],"standsFor":[],"untested":null},',
    '{"host":"westus-shared.prod.warm.ingest.monitor.core.windows.net","port":443,"protocol":"https","rules":["westus-shared-prod-warm-ingest-monitor-core-windows-net-443"],"standsFor":[],"untested":null},',
    '{"host":"eastus.service.waconazure.com","port":443,"protocol":"https","rules":["any-waconazure-com-443"],"standsFor":["*.waconazure.com"],"untested":null,"connects":"agent"},',
    '{"host":"crl3.digicert.com","port":80,"protocol":"http","rules":["crl3-digicert-com-80"],"standsFor":[],"untested":null,"path":"/DigiCertGlobalRootG2.crl","connects":"winhttp"},',
    '{"host":"crl4.digicert.com","port":80,"protocol":"http","rules":["crl4-digicert-com-80"],"standsFor":[],"untested":null,"path":"/DigiCertGlobalRootG2.crl","connects":"winhttp"},',
    '{"host":"crl.microsoft.com","port":80,"protocol":"http","rules":["crl-microsoft-com-80"],"standsFor":[],"untested":null,"path":"/pki/crl/products/MicRooCerAut2011_2011_03_22.crl","connects":"winhttp"},',
    '{"host":"oneocsp.microsoft.com","port":80,"protocol":"http","rules":["oneocsp-microsoft-com-80"],"standsFor":[],"untested":null,"path":"/ocsp/MFQwUjBQME4wTDAJBgUrDgMCGgUABBR2JNtr0JxEvYySpbyBWaqBmealCgQUzhUWO\u00252BoCo6Zr2tkr\u00252FeWMUr56UKgCEzMAPnPpacmgFoSqVQMAAAA\u00252Bc\u00252Bk\u00253D","connects":"winhttp"},',
    '{"host":"ts-crl.ws.symantec.com","port":80,"protocol":"http","rules":["ts-crl-ws-symantec-com-80"],"standsFor":[],"untested":null,"connects":"winhttp"},',
    '{"host":"ts-ocsp.ws.symantec.com","port":80,"protocol":"http","rules":["ts-ocsp-ws-symantec-com-80"],"standsFor":[],"untested":null,"connects":"winhttp"},',
    '{"host":"s.symcd.com","port":80,"protocol":"http","rules":["s-symcd-com-80"],"standsFor":[],"untested":null,"connects":"winhttp"},',
    '{"host":"ocsp.digicert.com","port":80,"protocol":"http","rules":["ocsp-digicert-com-80"],"standsFor":[],"untested":null,"connects":"winhttp"},',
    '{"host":"ocsp.globalsign.com","port":80,"protocol":"http","rules":["ocsp-globalsign-com-80"],"standsFor":[],"untested":null,"connects":"winhttp"},',
    '{"host":"ocsp2.globalsign.com","port":80,"protocol":"http","rules":["ocsp2-globalsign-com-80"],"standsFor":[],"untested":null,"connects":"winhttp"},',
    '{"host":"go.microsoft.com","port":443,"protocol":"https","rules":["go-microsoft-com-443"],"standsFor":[],"untested":null,"connects":"winhttp"},',
    '{"host":"edr-neu3.eu.endpoint.security.microsoft.com","port":443,"protocol":"https","rules":["any-endpoint-security-microsoft-com-443"],"standsFor":["*.endpoint.security.microsoft.com"],"untested":null,"connects":"winhttp"},',
    '{"host":"*.gw.arc.azure.com","port":443,"protocol":"https","rules":["any-gw-arc-azure-com-443"],"standsFor":[],"untested":"wildcard-without-name","connects":"agent"},',
    '{"host":"*.blob.storage.azure.net","port":443,"protocol":"https","rules":["any-blob-storage-azure-net-443"],"standsFor":[],"untested":"wildcard-without-known-host","connects":"agent"}',
    ']}'
)

# --- Scripts of the tool, word for word

function Find-ProxyScript {
<#
.SYNOPSIS
    Looks for the proxy configuration script that automatic detection (WPAD) would find on this node.
.DESCRIPTION
    Windows asks DHCP for the address of a script first (option 252), then looks for a host named wpad. Here the options are
    read that this node's own DHCP client got with its addresses, and the name is looked up by itself, as Windows completes it, and
    in each domain of the node. Nothing is fetched, nothing is changed.

    Writes one text, described in the tool's detection-report.ts, which reads it: a line with D and what DHCP gave ('none',
    'unread' where that cannot be told, or the address); then lines with W for each name, the identifier of Resolve-DnsName's
    error, '' for none, and its addresses.
.NOTES
    Language: constrained
.ROLE
    Readers
.EXAMPLE
    Find-ProxyScript
#>
[CmdletBinding()]
param()

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Continue'

$tab = "`t"
$place = 'HKLM:\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters'

function Get-Field($Item, [string] $Name) {
    $property = $Item.PSObject.Properties[$Name]
    if ($null -ne $property) { return , $property.Value }
}

function Read-Number([byte[]] $Bytes, [int] $At) {
    return [long]$Bytes[$At] + 256 * $Bytes[$At + 1] + 65536 * $Bytes[$At + 2] + 16777216 * [long]$Bytes[$At + 3]
}

# Each option: its code, a word, its length, 1 where it is a vendor's, when it ends; then the data, filled up to whole words. One
# that was asked for and not given is there without data. '' for not given, $null where the value does not tell.
function Get-ScriptOption($Options) {
    if ($Options -isnot [byte[]]) { return $null }
    $at = 0
    $found = $null
    while ($Options.Length - $at -ge 20) {
        $length = Read-Number $Options ($at + 8)
        $next = $at + 20 + $length + ((4 - ($length % 4)) % 4)
        if ($next -gt $Options.Length + 3) { return $null }
        if ((Read-Number $Options $at) -eq 252 -and (Read-Number $Options ($at + 12)) -eq 0) {
            $found = ''
            if ($length -gt 0) { $found = (-join [char[]]$Options[($at + 20)..($at + 19 + $length)]) -replace '[\x00\s]+\z' }
        }
        $at = $next
    }
    return $found
}

# Addresses that are set by hand came without options: without DHCP on any adapter nothing was given.
$dhcp = 'none'
$domains = @()
try {
    $general = Get-ItemProperty -LiteralPath $place -ErrorAction Stop
    $domains += "$(Get-Field $general 'Domain')"
    $domains += "$(Get-Field $general 'DhcpDomain')"
    $domains += ("$(Get-Field $general 'SearchList')") -split ','
    $now = ([datetime]::UtcNow - [datetime]'1970-01-01').TotalSeconds
    if (Test-Path -LiteralPath "$place\Interfaces") {
        foreach ($name in @(Get-ChildItem -LiteralPath "$place\Interfaces" -Name)) {
            $adapter = Get-ItemProperty -LiteralPath "$place\Interfaces\$name" -ErrorAction Stop
            $domains += "$(Get-Field $adapter 'Domain')"
            if ((Get-Field $adapter 'EnableDHCP') -ne 1) { continue }
            # One that is not connected keeps what it once got.
            $address = "$(Get-Field $adapter 'DhcpIPAddress')"
            $ends = Get-Field $adapter 'LeaseTerminatesTime'
            if (-not $address -or $address -eq '0.0.0.0' -or ($ends -is [int] -and $ends -lt $now)) { continue }
            $domains += "$(Get-Field $adapter 'DhcpDomain')"
            $option = Get-ScriptOption (Get-Field $adapter 'DhcpInterfaceOptions')
            if ($option -and $dhcp -notmatch '\Ahttps?:') { $dhcp = $option }
            elseif ($null -eq $option -and $dhcp -eq 'none') { $dhcp = 'unread' }
        }
    }
}
catch { $dhcp = 'unread' }

$lines = @("D$tab$($dhcp -replace '[\x00-\x1f]', ' ')")
$names = @()
foreach ($domain in $domains) {
    $name = "wpad.$($domain.Trim().Trim('.'))"
    if ($name -cmatch '\Awpad(\.[A-Za-z0-9_-]+)+\z' -and $names -notcontains $name) { $names += $name }
}
$silent = 0
foreach ($name in @($names | Select-Object -First 8) + 'wpad') {
    $failures = @()
    $records = @()
    $code = 'not-asked'
    # A silent name server would cost its whole patience for each.
    if ($silent -lt 2) {
        try {
            $records = @(Resolve-DnsName -Name $name -QuickTimeout -DnsOnly -ErrorAction SilentlyContinue -ErrorVariable failures)
            $code = ''
        }
        catch { $code = 'not-asked' }
    }
    $addresses = @(foreach ($record in $records) {
        $address = $record.PSObject.Properties['IPAddress']
        if ($null -ne $address -and $address.Value) { [string]$address.Value }
    })
    if ($code -eq '' -and $addresses.Count -eq 0) {
        $code = 'DNS_INFO_NO_RECORDS'
        if ($failures.Count -gt 0) { $code = ([string]$failures[0].FullyQualifiedErrorId -split ',')[0] }
    }
    if ($code -match 'TIMEOUT') { $silent++ }
    $lines += "W$tab$name$tab$code$tab$($addresses -join ',')"
}
$lines -join "`n"
}

function Get-ProxySetting {
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

# Whether a change's command may still write: it has not told its end, and its process is there. Where the process is not
# known, or not to be read, for an hour.
function Test-ChangeRunning([string] $Path) {
    if (Test-Path -LiteralPath "$Path\end.json") { return $false }
    $text = ''
    try { if (Test-Path -LiteralPath "$Path\begin.json") { $text = [string](Get-Content -LiteralPath "$Path\begin.json" -Raw -ErrorAction Stop) } }
    catch { $text = '' }
    if ($text -cnotmatch '"process":([0-9]{1,10}),"started":"([0-9TZ:-]{20})"') {
        return (Get-Item -LiteralPath $Path).LastWriteTimeUtc -gt (Get-Date).ToUniversalTime().AddHours(-1)
    }
    $id, $started = $Matches[1], $Matches[2]
    foreach ($process in @(Get-Process -Id $id -ErrorAction SilentlyContinue)) {
        # The system may have given the number to another one since. Two readings of a start can differ by a moment.
        $begin = $process.StartTime
        if ($null -eq $begin) { return $true }
        foreach ($seconds in -1, 0, 1) {
            if ($begin.ToUniversalTime().AddSeconds($seconds).ToString('yyyy-MM-ddTHH:mm:ssZ') -ceq $started) { return $true }
        }
    }
    return $false
}

# The place of a change among all of its cluster, as far as its page and this node knew them: clocks can be set back.
# 0: kept by a version that gave none, since the last change that had one.
function Get-ChangeNumber([string] $Path) {
    foreach ($file in 'number.json', 'begin.json', 'snapshot.json') {
        $text = ''
        try { if (Test-Path -LiteralPath "$Path\$file") { $text = [string](Get-Content -LiteralPath "$Path\$file" -Raw -ErrorAction Stop) } }
        catch { $text = '' }
        if ($text -cmatch '"number":([0-9]{1,15})[,}]') { return [long]$Matches[1] }
    }
    return [long]0
}

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
}

function Test-EndpointByCurl {
<#
.SYNOPSIS
    Measures which endpoints this node can reach, by Windows' own curl.exe, and how far it comes with each.
.DESCRIPTION
    One process of curl.exe looks up, connects, asks the proxy, shakes hands and sends one HTTP request, for all endpoints
    at the same time. What it cannot tell is asked afterwards, of the few endpoints that need it: why a name was not
    found (Resolve-DnsName), why a connection failed, and which certificates a chain has that the node does not trust.

    Writes texts, one for each endpoint as soon as it is finished; their lines are described in the tool's
    curl-report.ts, which reads them. Changes nothing, writes no file. A certificate is recorded whoever signed it, but
    only a connection whose certificate is trusted carries a request; in the second round, which asks without that
    condition, a HEAD request without any data. Revocation is not checked.

    Needs curl 7.66 of 2019 to measure side by side; an older one measures one endpoint after the other. Fails with
    a message that begins with one of these codes: curl-missing, curl-failed.
.NOTES
    Language: constrained
.ROLE
    Readers
.PARAMETER Endpoints
    Objects with id, host, port, protocol (https, http or tcp), and proxy (host:port; empty: direct).
.PARAMETER TimeoutMs
    Time for one endpoint, all its phases together.
.PARAMETER DeadlineMs
    Time for the whole call; endpoints that are not finished by then are left out.
.PARAMETER MaxConcurrent
    How many endpoints are measured at the same time.
.PARAMETER ConnectTo
    For each of the endpoints an address, to which it connects in place of what the name resolves to. Empty: as the name says.
.EXAMPLE
    Test-EndpointByCurl -Endpoints @{ id = '1'; host = 'management.azure.com'; port = 443; protocol = 'https'; proxy = '' }
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [AllowEmptyCollection()]
    [object[]]
    $Endpoints,

    [ValidateRange(100, 120000)]
    [int]
    $TimeoutMs = 5000,

    [ValidateRange(100, 3600000)]
    [int]
    $DeadlineMs = 60000,

    [ValidateRange(1, 300)]
    [int]
    $MaxConcurrent = 200,

    [AllowEmptyCollection()]
    [AllowEmptyString()]
    [string[]]
    $ConnectTo = @()
)

Set-StrictMode -Version 2.0
# Not Stop: in a remote session each line that a program writes to its error stream would then end the script.
$ErrorActionPreference = 'Continue'

$began = [datetime]::UtcNow
$tab = "`t"
$beginning = "B$tab$($began.ToString('o'))"
$beginning

# Around the report of a transfer. The other side's texts are in it, and cannot know these lines.
$key = [guid]::NewGuid().ToString('N')
$mark = ">>$key"
$endMark = "<<$key"
# curl hands its output on in blocks of 4096 bytes: what fills a block up lets go of what came before.
$filling = ' ' * 4096
# The words come last: they may hold anything, tabs too. Certificates are wanted of the JSON alone: the same as a text of their
# own would be fifty lines an endpoint, and each line costs more here than all that is done with it.
$fields = '\t%{exitcode}\t%{http_code}\t%{http_connect}\t%{remote_ip}\t%{time_namelookup}\t%{time_connect}\t' +
    '%{time_appconnect}\t%{time_starttransfer}\t%{time_total}\t%{num_certs}\t%{errormsg}\n' +
    "L\t%{local_ip}\t%{size_header}\t%{size_download}\nJ%{json}\n%{header_json}\n$endMark\n$filling\n`""
# Headers whose values are looked at; of the others the name is enough.
$otherHeader = '(?m)^(\{?)"(?!(?:server|via|location|content-type|content-length|date)")([^"]+)":\[.*\](,?)$'
# The report of an answer without a certificate, or under one that the node trusts and others signed: names, all in plain letters,
# the certificate itself, and what stands of those above it.
$answered = "\A\s*$mark(?<head>[0-9]+\t0(?:\t[^\t\n]*){7}\t(?<total>[0-9.]+)\t[0-9]*\t[^\n]*)\n(?<own>L[^\n]*)\n" +
    'J\{"certs":"(?:"|(?<names>[\x00-\x7f]*?)\\nVersion:[^\n]*?-----BEGIN CERTIFICATE-----(?<leaf>[^-]*)-----END CERTIFICATE-----' +
    '(?<above>[^\n]*-----END CERTIFICATE-----))[^\n]*\n(?<headers>\{[\s\S]*)\z'
# Schannel's words for a certificate that it does not accept, where curl's code says only that the handshake failed.
$refusedCertificate = '0x800B01|0x8009032[2578]'
$invariant = [cultureinfo]::InvariantCulture
$seconds = ([double]$TimeoutMs / 1000).ToString($invariant)

$quick = "`nmax-time = $seconds"
$web = "$quick`nmax-filesize = 100000`nuser-agent = `"OutboundConnectivity/1.0`"`nhttp1.1`ntlsv1.2`nssl-no-revoke"
$proxyName = '[A-Za-z0-9._:\[\]-]*'

# Nothing that this computer has set for curl elsewhere counts.
function Get-Way([string] $Proxy) {
    if ($Proxy) { return "proxy = `"http://$Proxy`"`nnoproxy = `"`"" }
    return 'noproxy = "*"'
}

# Most endpoints differ in their address only: @{ count; section } of those at the beginning that do, whose settings are told once.
# Called once, and written for that: the engine compiles anew in each session what it repeats.
function Get-PlainSection {
    # What an endpoint does not have is empty.
    Set-StrictMode -Off
    $proxy = [string]$Endpoints[0].proxy
    if ($ConnectTo -or $proxy -cnotmatch "\A$proxyName\z") { return @{ count = 0; section = '' } }
    $plain = "\A(https?) ([A-Za-z0-9._-]+) ([0-9]{1,5}) $([regex]::Escape($proxy)) \z"
    $texts = @(foreach ($endpoint in $Endpoints) {
        $text = $endpoint.protocol, $endpoint.host, $endpoint.port, $endpoint.proxy, $endpoint.path -join ' '
        if ($text -cnotmatch $plain) { break }
        $text
    })
    $urls = $texts -creplace $plain, "url = `"`$1://`$2:`$3`"`noutput = `"NUL`"" -join "`n"
    # curl counts addresses from 0 on.
    return @{ count = $texts.Count; section = "$(Get-Way $proxy)$web`nwrite-out = `"$mark%{urlnum}$fields`n$urls" }
}

# What curl is told of an endpoint of whatever kind; '' where its texts are none that curl's configuration can hold.
function Get-Section([string] $Name, [string] $Port, [string] $Protocol, [string] $Proxy, [string] $Path, [string] $Address) {
    $scheme = $Protocol
    $settings = $web
    # A mail protocol waits for the other side to speak first: of an open port nothing more is wanted.
    if ($Protocol -eq 'tcp') { $scheme = 'pop3'; $settings = $quick }
    $shown = $Name
    if ($Name.IndexOf(':') -ge 0) { $shown = "[$Name]" }
    # Only a path of plain letters: neither curl's configuration nor its patterns know another meaning of them.
    if ($Path -and $Path -cnotmatch '\A/[A-Za-z0-9._~%/+-]*\z') { $Path = '/' }
    # Text that cannot end its line or its quotes in curl's configuration.
    if ("$Name $Port $Proxy" -cnotmatch "\A[A-Za-z0-9._:-]+ [0-9]{1,5} $proxyName\z") { return '' }
    $way = Get-Way $Proxy
    if ($Proxy) { if ($Protocol -eq 'tcp') { $way += "`nproxytunnel" } }
    # Not its resolve, which would hold for all transfers of the process.
    elseif ($Address -cmatch '\A[0-9A-Fa-f:.]{2,45}\z') {
        if ($Address.IndexOf(':') -ge 0) { $Address = "[$Address]" }
        $way += "`nconnect-to = `"::${Address}:`""
    }
    return "url = `"${scheme}://${shown}:$Port$Path`"`noutput = `"NUL`"`n$way$settings`nwrite-out = `""
}

# @{ host; port; protocol; proxy; section } of an endpoint.
$probes = @{}
function Get-Probe([int] $Number) {
    if ($probes.ContainsKey($Number)) { return $probes[$Number] }
    Set-StrictMode -Off
    $endpoint = $Endpoints[$Number]
    $probe = @{
        host = [string]$endpoint.host -replace '\A\[+|\]+\z', ''
        port = [string]$endpoint.port; protocol = [string]$endpoint.protocol; proxy = [string]$endpoint.proxy
    }
    if ($probe.protocol -ne 'http' -and $probe.protocol -ne 'tcp') { $probe.protocol = 'https' }
    $address = ''
    if ($ConnectTo) { $address = $ConnectTo[$Number] }
    $probe.section = Get-Section $probe.host $probe.port $probe.protocol $probe.proxy $endpoint.path $address
    if ($probe.section) { $probe.section += "$mark$Number$fields" }
    $probes[$Number] = $probe
    return $probe
}

# Sections of the endpoints from one number on, to before another.
function Get-OwnSection([int] $From, [int] $To) {
    for ($number = $From; $number -lt $To; $number++) {
        $section = (Get-Probe $number).section
        if ($section) { $section }
    }
}

# --- Certificates: an authority's is described once in a call, and named by its number afterwards

# By the text itself, in which upper and lower case differ.
$numbers = New-Object -TypeName 'hashtable'
$aboves = New-Object -TypeName 'hashtable'
$known = @{ roots = $null }
$armor = '-----(?:BEGIN|END) CERTIFICATE-----'
# As JSON writes the end of a line.
$lineEnd = '\n'

# One letter, one byte: the text as it stands is one of the forms that Windows reads. This takes longer than all else that
# is done for an endpoint, so that it is done of authorities only, which repeat, and of what is not trusted.
function Get-CertificateLine([string] $Base64) {
    $text = $Base64.Replace($lineEnd, "`n")
    $certificate = [X509Certificate][byte[]][char[]]"-----BEGIN CERTIFICATE-----$text-----END CERTIFICATE-----"
    $from = [datetime]::Parse($certificate.GetEffectiveDateString()).ToUniversalTime().ToString('s')
    $to = [datetime]::Parse($certificate.GetExpirationDateString()).ToUniversalTime().ToString('s')
    return @{
        issuer = $certificate.Issuer; self = $certificate.Issuer -eq $certificate.Subject
        line = ($certificate.Subject, $certificate.Issuer, $certificate.GetCertHashString(), "${from}Z", "${to}Z") -join $tab
    }
}

# Roots of this computer by name; $null where two have the same.
function Get-Root([string] $Subject) {
    if ($null -eq $known.roots) {
        $known.roots = @{}
        foreach ($root in @(Get-ChildItem -Path 'Cert:\LocalMachine\Root' -ErrorAction SilentlyContinue)) {
            if ($known.roots.ContainsKey($root.Subject)) { $known.roots[$root.Subject] = $null; continue }
            $known.roots[$root.Subject] = ($root.Subject, $root.Issuer, $root.Thumbprint,
                "$($root.NotBefore.ToUniversalTime().ToString('s'))Z", "$($root.NotAfter.ToUniversalTime().ToString('s'))Z") -join $tab
        }
    }
    return $known.roots[$Subject]
}

# @{ lines; numbers } for the certificates in a text, the lower first: N and a certificate that is new, and the numbers of all.
function Get-Certificate([string] $Text, [bool] $Trusted) {
    $pieces = $Text -split $armor
    $lines = ''
    $chain = @()
    $last = $null
    for ($i = 1; $i -lt $pieces.Count - 1; $i += 2) {
        $text = $pieces[$i]
        $entry = $numbers[$text]
        if ($null -eq $entry) {
            try { $entry = Get-CertificateLine $text } catch { continue }
            $entry.number = $numbers.Count
            $numbers[$text] = $entry
            $lines += "N$($entry.number)$tab$($entry.line)`n"
        }
        $chain += $entry.number
        $last = $entry
    }
    # The other side need not send its root; the node has it, or would not trust the chain.
    if ($Trusted -and $null -ne $last -and -not $last.self) {
        $root = Get-Root $last.issuer
        if ($root) {
            $entry = $numbers[$root]
            if ($null -eq $entry) {
                $entry = @{ number = $numbers.Count }
                $numbers[$root] = $entry
                $lines += "N$($entry.number)$tab$root`n"
            }
            $chain += $entry.number
        }
    }
    return @{ lines = $lines; numbers = $chain -join ',' }
}

# Text for a chain in the text of a transfer: what is new, and C with the numbers, leaf first.
function Get-ChainText([string] $Text, [bool] $Trusted) {
    $chain = Get-Certificate $Text $Trusted
    if ($chain.numbers) { return "$($chain.lines)C$tab$($chain.numbers)`n" }
    return ''
}

# --- One round of curl

# Before 7.64 curl counts time on Windows by GetTickCount, in ticks of up to 16 ms (lib/timeval.c @e9ababd4); its timers count whole
# milliseconds from another beginning than the times that it tells. So much earlier may its time be over.
$tickMs = 20

# The exit code of one transfer where an old curl does not tell it: the phases do.
function Get-ExitCode($Parts, [string] $Protocol) {
    if ($Parts[2] -ne '000') { return '0' }
    if ([double]::Parse($Parts[9], $invariant) * 1000 -ge $TimeoutMs - $tickMs) { return '28' }
    if ($Parts[6] -notmatch '[1-9]') { if ($Parts[5] -notmatch '[1-9]') { return '6' } else { return '7' } }
    if ($Protocol -eq 'https' -and $Parts[7] -notmatch '[1-9]') { return '35' }
    return '52'
}

# How late curl ended what ran out of time (lag), and whether anything came on when little time was left (rushed), in one round.
$state = @{ reports = 0; unnumbered = $false; lag = 0.0; rushed = $false }
$pending = @{}
$late = @{}
$limit = $TimeoutMs / 1000
$rushedFrom = 0.6 * $limit
# curl that ends an endpoint's time so much too late had more to do than the node let it: what came meanwhile, it had not read.
$busyFrom = 0.1 * $limit
$refusals = @{}

# Writes the text for a transfer of whatever end, from its report; what needs a second look goes to $pending.
function Write-Transfer([string] $Report) {
    $lines = $Report.TrimStart() -split "`n", 4
    if ($lines.Count -lt 2 -or -not $lines[0].StartsWith($mark)) { return }
    $head = $lines[0].Substring($mark.Length)
    $parts = $head.Split($tab)
    if (-not $parts[0]) { $state.unnumbered = $true; return }
    $state.reports++
    $number = [int]$parts[0]
    $code = $parts[1]
    if (-not $code) {
        $code = Get-ExitCode $parts (Get-Probe $number).protocol
        $parts[1] = $code
        $head = $parts -join $tab
    }
    if ($code -ne '0') {
        $certificate = $code -eq '60' -or ($code -eq '35' -and $head -match $refusedCertificate)
        if ($code -eq '28' -and $parts[2] -eq '000') {
            $lag = [double]::Parse($parts[9], $invariant) - $limit
            if ($lag -gt $state.lag) { $state.lag = $lag }
            # Of an open port nothing more is wanted.
            if (-not $parts[4] -or (Get-Probe $number).protocol -ne 'tcp') {
                foreach ($stamp in $parts[6], $parts[7]) { if ([double]::Parse($stamp, $invariant) -gt $rushedFrom) { $state.rushed = $true } }
                # The name was found, and no connection came about: curl does not tell to which address.
                $late[$number] = @{
                    number = $number; report = "T$head`n$($lines[1])"; code = $code; certificate = $false
                    unconnected = -not $parts[4] -and $parts[5] -match '[1-9]'
                }
                return
            }
        }
        if ($certificate -or $code -eq '6' -or $code -eq '7') {
            $pending[$number] = @{ number = $number; report = "T$head`n$($lines[1])"; code = $code; certificate = $certificate }
            return
        }
    }
    elseif ([double]::Parse($parts[9], $invariant) -gt $rushedFrom) { $state.rushed = $true }
    # The headers are the last that curl tells; an answer without any is another thing than a curl that does not tell them.
    $header = ''
    if ($lines.Count -gt 3 -and $lines[3].StartsWith('{')) { $header = "H$tab$($lines[3] -replace $otherHeader, '$1"$2":[]$3' -replace "`n")" }
    $chain = ''
    if ($parts[10] -and $parts[10] -ne '0') { $chain = Get-ChainText $lines[2] $true }
    $text = "T$head`n$($lines[1])`n$chain$header"
    # It ended before any of the body: whether the header was whole only a request tells that wants no more than it.
    if ($parts[2] -ne '000' -and $code -match '\A(?:28|55|56)\z' -and $lines[1].EndsWith("${tab}0")) {
        # Others name its certificates by number before it is told itself.
        $new = @($chain -split "`n" | Where-Object { $_.StartsWith('N') })
        if ($new.Count -gt 0) { (@($beginning) + $new) -join "`n" }
        $pending[$number] = @{ number = $number; report = $text; code = $code; certificate = $false; cut = $true }
        return
    }
    $text
}

# Writes a text for each transfer as it ends. There are thousands of lines and hundreds of transfers, most of them answered: so
# that what is done for these is short, because the engine compiles anew in each session what it repeats.
$readFirst = {
    begin {
        $lines = New-Object -TypeName 'object[]' -ArgumentList 20000
        $count = 0
    }
    process {
        if ($_ -cne $endMark) {
            if ($count -lt 20000) { $lines[$count] = $_; $count++ }
            return
        }
        if ($count -eq 0) { return }
        # It begins with what filled the block of the one before.
        $report = $lines[0..($count - 1)] -join "`n"
        $count = 0
        if ($report -cnotmatch $answered) { Write-Transfer $report; return }
        $found = $Matches
        $state.reports++
        if ([double]$found.total -gt $rushedFrom) { $state.rushed = $true }
        $certificates = ''
        if ($found['leaf']) {
            $chain = $aboves[$found.above]
            if ($null -eq $chain) {
                $chain = Get-Certificate $found.above $true
                $certificates = $chain.lines
                $aboves[$found.above] = $chain
            }
            # Of the certificate none but the names and dates are looked at: only its beginning goes on (P), whose length is estimated
            # by the names as curl writes them, in lines of 48 bytes or 64 letters.
            $leaf = $found.leaf.Replace($lineEnd, '')
            $length = 64 * [int](5 + $found.names.Length / 48)
            if ($leaf.Length -gt $length) { $leaf = $leaf.Substring(0, $length) }
            $certificates += "P$tab$leaf`nC$tab$($chain.numbers)`n"
        }
        "T$($found.head)`n$($found.own)`n${certificates}H$tab$($found.headers -replace $otherHeader, '$1"$2":[]$3' -replace "`n")"
    }
}

# The same of the second round: @{ number; head; text } of each transfer, and from the running commentary why a connection failed.
$readAgain = {
    begin { $lines = @(); $number = -1; $head = '' }
    process {
        if ($_.StartsWith($mark)) {
            $head = $_.Substring($mark.Length)
            $number = [int]$head.Split($tab)[0]
            $lines = @()
        }
        elseif ($_ -ceq $endMark) { @{ number = $number; head = $head; text = $lines -join "`n" }; $number = -1 }
        elseif ($number -ge 0) { if ($lines.Count -lt 2000) { $lines += $_ } }
        elseif ($_ -match '^[^<>]*connect to (\S+) port (\d+) .*?failed: (.+)$') { $refusals["$($Matches[1]) $($Matches[2])"] = $Matches[3] }
        # What the node itself forbids, or has no route for, fails before a port is named.
        elseif ($_ -match '^[^<>]*Immediate connect fail for (\S+): (.+)$') { $refusals[$Matches[1]] = $Matches[2] }
    }
}

# Side by side is a setting of all; its progress is drawn although silence was asked for.
$quiet = "silent`nno-progress-meter`nstderr = `"NUL`"`n"
$beside = "parallel`nparallel-immediate`nparallel-max = $MaxConcurrent`n"
$separator = "`nnext`n"

if ($Endpoints.Count -eq 0) { return }
$plain = Get-PlainSection
$sections = @(Get-OwnSection $plain.count $Endpoints.Count)
if ($plain.count -gt 0) { $sections = @($plain.section) + $sections }
if ($sections.Count -eq 0) { return }

$failure = ''
try {
    "$quiet$beside$($sections -join $separator)" | & curl.exe --disable --config - | & $readFirst
    if ($state.unnumbered) {
        # A curl before 7.75 does not tell which of those that it was told together.
        $sections = @(Get-OwnSection 0 $plain.count)
        "$quiet$beside$($sections -join $separator)" | & curl.exe --disable --config - | & $readFirst
    }
    if ($state.reports -eq 0) {
        # A curl before 7.66 refuses what it does not know, and does nothing.
        $sections = @(Get-OwnSection 0 $Endpoints.Count)
        "silent`nstderr = `"NUL`"`n$($sections -join $separator)" | & curl.exe --disable --config - | & $readFirst
    }
}
catch {
    if ($_.FullyQualifiedErrorId -like 'CommandNotFoundException*') { throw 'curl-missing: This node has no curl.exe.' }
    $failure = $_.Exception.Message
}
if ($state.reports -eq 0) {
    if (-not $failure) { $failure = @(& curl.exe --version)[0] }
    throw "curl-failed: curl.exe measured nothing. $failure"
}

# --- Again, for what had no answer in time while curl was busy with the others

# Writes what ran out of time, or keeps it for the second round; K where it is not known whose slowness that was.
function Write-Late($Items, [bool] $IsBusy) {
    foreach ($item in $Items) {
        if ($IsBusy) { $item.report += "`nK" }
        if ($item.unconnected) { $pending[$item.number] = $item } else { $item.report }
    }
}

# Fewer at a time, and more again as soon as curl keeps up. A round that it keeps up with is final; after one that it does not, the
# rest is asked again as long as anything gets through.
$waiting = @($late.Values | Sort-Object -Property { $_.number })
$wasBusy = $state.lag -gt $busyFrom
if ($wasBusy -or $state.rushed) {
    $size = 32
    while ($waiting.Count -gt 0 -and ([datetime]::UtcNow - $began).TotalMilliseconds + 2 * $TimeoutMs -lt $DeadlineMs) {
        $asked = @($waiting | Select-Object -First $size)
        $sections = @(foreach ($item in $asked) { (Get-Probe $item.number).section })
        $late.Clear()
        $state.lag = 0.0
        $reports = $state.reports
        "$quiet$beside$($sections -join $separator)" | & curl.exe --disable --config - | & $readFirst
        # An older curl does not know these settings, and does nothing: what it told before stays.
        if ($state.reports -eq $reports) { break }
        $unanswered = @($late.Values | Sort-Object -Property { $_.number })
        $waiting = @($waiting | Select-Object -Skip $size)
        if ($state.lag -le $busyFrom) {
            Write-Late $unanswered $false
            $size = 2 * $size
            continue
        }
        $wasBusy = $true
        $waiting += $unanswered
        if ($unanswered.Count -eq $asked.Count) { break }
    }
}
Write-Late $waiting $wasBusy

# --- The second round, for what the first could not tell

$again = @($pending.Values | Where-Object { $_.certificate -or $_['cut'] -or $_.code -eq '7' })
$chains = @{}
$heads = @{}
if ($again.Count -gt 0) {
    $sections = @(foreach ($item in $again) {
        $probe = Get-Probe $item.number
        if ($probe.protocol -eq 'https') { "insecure`nhead`n$($probe.section)" }
        elseif ($item['cut']) { "head`n$($probe.section)" }
        else { $probe.section }
    })
    # Of a connection that fails only the running commentary says how, with the address.
    "silent`nno-progress-meter`nstderr = `"-`"`nverbose`n$beside$($sections -join $separator)" |
        & curl.exe --disable --config - | & $readAgain | ForEach-Object { $chains[$_.number] = $_.text; $heads[$_.number] = $_.head }
}

# How a name resolves: @{ code; addresses }, one question for each name, one after the other. Where curl has asked already, in
# vain: a name server that is silent twice and answers nothing is not waited for again; and when the questions have taken
# twice the time of an endpoint, the others keep what curl told, which is no code.
$names = @{}
$questions = @{ silent = 0; answered = 0; began = [datetime]::UtcNow }
function Resolve-Name([string] $Name, [bool] $InVain) {
    if ($names.ContainsKey($Name)) { return $names[$Name] }
    $found = @{ code = ''; addresses = @() }
    if ($InVain -and $questions.silent -ge 2 -and $questions.answered -eq 0) { return @{ code = 'ERROR_TIMEOUT'; addresses = @() } }
    if ($InVain -and ([datetime]::UtcNow - $questions.began).TotalMilliseconds -gt 2 * $TimeoutMs) { return $found }
    $failures = @()
    # A node without the command says nothing of the name.
    try { $records = @(Resolve-DnsName -Name $Name -DnsOnly -QuickTimeout -ErrorAction SilentlyContinue -ErrorVariable failures) }
    catch { return $found }
    $found.addresses = @(foreach ($record in $records) {
        $address = $record.PSObject.Properties['IPAddress']
        if ($null -ne $address -and $address.Value) { [string]$address.Value }
    })
    if ($found.addresses.Count -eq 0) {
        $found.code = 'DNS_INFO_NO_RECORDS'
        if ($failures.Count -gt 0) { $found.code = ([string]$failures[0].FullyQualifiedErrorId -split ',')[0] }
    }
    if ($found.code -match 'TIMEOUT') { $questions.silent++ } else { $questions.answered++ }
    $names[$Name] = $found
    return $found
}

foreach ($item in @($pending.Values | Sort-Object -Property { $_.number })) {
    $probe = Get-Probe $item.number
    $target = $probe.host
    $port = $probe.port
    if ($probe.proxy -match '^(.*):(\d+)$') { $target = $Matches[1]; $port = $Matches[2] }
    $lines = @($item.report)
    if ($item['cut']) {
        # The beginning of a header is no answer.
        if ($heads[$item.number] -notmatch "\A[0-9]+${tab}0$tab") {
            $lines = $item.report -replace '\A(T[0-9]+\t[0-9]+\t)[0-9]+', '${1}000' -split "`n" | Where-Object { -not $_.StartsWith("H$tab") }
        }
        $lines -join "`n"
        continue
    }
    # A connection that is cut as it is made fails at one time, and at another what follows does: that says more.
    if ($item.code -eq '7' -and $heads[$item.number] -match "^[0-9]+$tab(35|52|55|56)$tab") {
        # The commentary comes by another pipe, and may stand between the lines of the report.
        $own = @($chains[$item.number] -split "`n" | Where-Object { $_.StartsWith("L$tab") })
        (@("T$($heads[$item.number])") + $own) -join "`n"
        continue
    }
    if ($item.certificate) {
        $chain = Get-ChainText $chains[$item.number] $false
        # An alert about a certificate has the number of the node's own doubts.
        if (-not $chain -and $heads[$item.number] -match "\A[0-9]+${tab}35$tab") { $chain = 'I' }
        $lines += $chain
    }
    elseif ($item.code -eq '6') { $lines += "D$tab$((Resolve-Name $target $true).code)" }
    else {
        $addresses = @($target)
        if ($ConnectTo -and $ConnectTo[$item.number]) { $addresses = @($ConnectTo[$item.number]) }
        elseif ($target -cnotmatch '\A[0-9.]+\z' -and $target.IndexOf(':') -lt 0) { $addresses = @((Resolve-Name $target $false).addresses) }
        foreach ($address in $addresses) {
            if ($item.code -eq '28') { $lines += "A$tab$address${tab}Timed out" }
            elseif ($refusals.ContainsKey("$address $port")) { $lines += "A$tab$address$tab$($refusals["$address $port"])" }
            elseif ($refusals.ContainsKey($address)) { $lines += "A$tab$address$tab$($refusals[$address])" }
        }
    }
    $lines -join "`n"
}
}

function Test-TimeServer {
<#
.SYNOPSIS
    Asks time servers for the time, as this node's own clock would.
.DESCRIPTION
    NTP is UDP, which curl.exe does not speak: Windows' own w32tm.exe sends one question to each server and changes
    nothing, neither the clock nor the time service. Proxies do not carry it, so the way is always direct.

    Writes a text for each endpoint as soon as it is finished, described in the tool's time-report.ts, which reads it:
    M and the endpoint's number, the identifier of Resolve-DnsName's error, addresses, milliseconds of the look-up and of
    the question, and the line in which w32tm.exe gives its answer.
.NOTES
    Language: constrained
.ROLE
    Readers
.PARAMETER Endpoints
    Objects with host. The port is 123: w32tm.exe knows no other.
.PARAMETER DeadlineMs
    Time for the whole call; servers whose turn has not come by then are left out.
.EXAMPLE
    Test-TimeServer -Endpoints @{ host = 'time.windows.com' }
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [AllowEmptyCollection()]
    [object[]]
    $Endpoints,

    [ValidateRange(100, 3600000)]
    [int]
    $DeadlineMs = 60000
)

Set-StrictMode -Version 2.0
# Not Stop: in a remote session each line that a program writes to its error stream would then end the script.
$ErrorActionPreference = 'Continue'

$tab = "`t"
$began = [datetime]::UtcNow

function Get-Field($Object, [string] $Name) {
    if ($Object -is [hashtable]) { return [string]$Object[$Name] }
    if ($null -eq $Object) { return '' }
    $property = $Object.PSObject.Properties[$Name]
    if ($null -eq $property) { return '' }
    return [string]$property.Value
}

# Whole milliseconds: no decimal sign that depends on the language.
function Get-Elapsed([datetime] $Since) { return [int]([datetime]::UtcNow - $Since).TotalMilliseconds }

$hasProgram = $null -ne (Get-Command -Name 'w32tm.exe' -ErrorAction SilentlyContinue)

"B$tab$($began.ToString('o'))"
for ($i = 0; $i -lt $Endpoints.Count; $i++) {
    $name = (Get-Field $Endpoints[$i] 'host').Trim('[', ']')
    # A name becomes a part of an argument: nothing else may.
    if ($name -cnotmatch '\A[A-Za-z0-9][A-Za-z0-9._:-]*\z') { continue }
    if ((Get-Elapsed $began) -gt $DeadlineMs) { return }

    $asked = [datetime]::UtcNow
    $code = ''
    $addresses = @($name)
    if ($name -cnotmatch '\A[0-9.]+\z' -and $name.IndexOf(':') -lt 0) {
        $failures = @()
        $records = @(Resolve-DnsName -Name $name -DnsOnly -QuickTimeout -ErrorAction SilentlyContinue -ErrorVariable failures)
        $addresses = @(foreach ($record in $records) {
            $address = $record.PSObject.Properties['IPAddress']
            if ($null -ne $address -and $address.Value) { [string]$address.Value }
        })
        if ($addresses.Count -eq 0) {
            $code = 'DNS_INFO_NO_RECORDS'
            if ($failures.Count -gt 0) { $code = ([string]$failures[0].FullyQualifiedErrorId -split ',')[0] }
        }
    }
    $nameMs = Get-Elapsed $asked

    $answer = ''
    $asked = [datetime]::UtcNow
    if ($code -eq '') {
        if (-not $hasProgram) { $answer = 'w32tm-missing' }
        else {
            # Its other lines are in the system's language; this one has the offset, or an error's number.
            foreach ($line in @(& w32tm.exe /stripchart "/computer:$name" /samples:1 /dataonly)) {
                $text = ([string]$line).Trim()
                if ($text -match '[+-]\d+[.,]\d+s\z|0x[0-9A-Fa-f]{8}') { $answer = $text -replace '\s+', ' ' }
            }
        }
    }
    "M$i$tab$code$tab$($addresses -join ',')$tab$nameMs$tab$(Get-Elapsed $asked)$tab$answer"
}
}

# --- The way of each endpoint, by WinINet's rules

# host:port of the proxy; empty for none. The first usable entry counts.
function Get-ServerFor([string] $Server, [string] $Wanted) {
    foreach ($part in ($Server -split '[;\s]+')) {
        $entry = $part
        if ($entry -match '\A([A-Za-z]+)=(.*)\z') {
            if ($Matches[1] -ne $Wanted) { continue }
            $entry = $Matches[2]
        }
        $address = ($entry -replace '\A[A-Za-z]+://', '') -replace '/.*\z', ''
        if ($address -notmatch '\A(\[[^\[\]=]+\]|[^\[\]=:@]+)(?::(\d{1,5}))?\z') { continue }
        $name = $Matches[1]
        $port = 80
        if ($Matches[2]) { $port = [int]$Matches[2] }
        if ($port -ge 1 -and $port -le 65535) { return "${name}:$port" }
    }
    return ''
}

# An entry may carry a scheme and a port; only the star is special in it.
function Test-Bypass([string] $Entry, [string] $Name, [int] $Port) {
    if ($Entry -eq '<local>') { return $Name.IndexOf('.') -lt 0 -and $Name.IndexOf(':') -lt 0 }
    $pattern = $Entry -replace '\A[A-Za-z]+://', ''
    if ($pattern -match '\A(\[[^\]]*\]|[^:]*):(\d{1,5})\z') {
        if ([int]$Matches[2] -ne $Port) { return $false }
        $pattern = $Matches[1]
    }
    $parts = @(foreach ($part in (($pattern -replace '\A\[|\]\z', '') -split '\*')) { [regex]::Escape($part) })
    return ($Name -replace '\A\[|\]\z', '') -match "(?s)\A$($parts -join '.*')\z"
}

function Get-ProxyFor($Setting, $Target) {
    $wanted = 'https'
    if ($Target.protocol -eq 'http') { $wanted = 'http' }
    $server = Get-ServerFor $Setting.server $wanted
    if (-not $server) { return '' }
    foreach ($entry in @($Setting.bypass)) {
        foreach ($part in ([string]$entry -split '[;\s]+')) {
            if ($part -and (Test-Bypass $part $Target.host $Target.port)) { return '' }
        }
    }
    return $server
}

# --- What a person reads

# How an endpoint came out, by the code that stands in the file.
$words = @{
    'answered' = 'answered'; 'connected' = 'connected'; 'time-told' = 'told the time'
    'proxy-name-not-found' = 'the name of the proxy was not found'; 'name-not-found' = 'the name was not found'
    'not-connected' = 'refused, or no way there'; 'timed-out' = 'timed out'; 'tls-failed' = 'TLS failed'
    'closed' = 'closed without an answer'; 'broken-off' = 'the connection broke off'
    'certificate-not-trusted' = 'the certificate is not trusted here'; 'tunnel-refused' = 'the proxy refused the tunnel'
    'http-refused' = 'refused over plain HTTP, without a mark of the service'
    'proxy-wants-credentials' = 'the proxy wants credentials'; 'time-not-told' = 'did not tell the time'
    'other-failure' = 'failed'; 'no-report' = 'not tested: no report of it came back'
}
$answers = 'answered', 'connected', 'time-told'
$ofCurl = @{
    5 = 'proxy-name-not-found'; 6 = 'name-not-found'; 7 = 'not-connected'; 28 = 'timed-out'; 35 = 'tls-failed'; 52 = 'closed'
    56 = 'broken-off'; 60 = 'certificate-not-trusted'
}
# Why no check tries a rule.
$reasons = @{
    'wildcard-without-known-host' = 'a wildcard of which no host is known'; 'wildcard-without-name' = 'a name that was not given'
    'needed-by-browser' = 'the browser needs it, not a node'; 'needed-by-guest' = 'virtual machines need it, not a node'
    'needed-by-appliance' = 'the appliance needs it, not a node'; 'needed-by-gateway' = 'the gateway needs it, not a node'
    'udp-not-probed' = 'UDP other than time'
}
# What of an answer over plain HTTP shows that the service itself sent it, and statuses that filters send without.
$serviceMark = '"(?:x-ms-[^"]*|x-azure-[^"]*|x-msedge-ref|request-context|ms-cv|x-ccc)":|"server":\["(?:Windows|Microsoft)-Azure-'
$filterStatus = 403, 451, 502, 503, 504, 511

# @{ code; detail } of what curl told of one endpoint; the fields are described in Test-EndpointByCurl.
function Get-Outcome([string] $Report, $Target, [string] $By) {
    $Fields = ($Report -split "`n")[0] -split "`t", 12
    $code = [int]$Fields[1]
    $status = [int]$Fields[2]
    $tunnel = [int]$Fields[3]
    if ($By -and $Target.protocol -ne 'http' -and $tunnel -ge 300 -and $tunnel -ne 407) { return @{ code = 'tunnel-refused'; detail = "$tunnel" } }
    if ($status -eq 407 -or $tunnel -eq 407) { return @{ code = 'proxy-wants-credentials'; detail = '407' } }
    if ($Target.protocol -eq 'http' -and $filterStatus -contains $status -and $Report -match "\nH\t" -and $Report -notmatch $serviceMark) {
        return @{ code = 'http-refused'; detail = "$status" }
    }
    if ($status -ge 100) { return @{ code = 'answered'; detail = "$status" } }
    if ($Target.protocol -eq 'tcp' -and $Fields[4] -and $code -ne 7) { return @{ code = 'connected'; detail = '' } }
    if ($code -eq 35 -and $Fields[11] -match '0x800B01|0x8009032[2578]') { $code = 60 }
    if ($ofCurl.ContainsKey($code)) { return @{ code = $ofCurl[$code]; detail = '' } }
    return @{ code = 'other-failure'; detail = "curl $code" }
}

# The same of a time server; the fields are described in Test-TimeServer.
function Get-TimeOutcome($Fields) {
    if ($Fields[1]) { return @{ code = 'name-not-found'; detail = '' } }
    if ($Fields[5] -match '[+-]\d+[.,]\d+s\z') { return @{ code = 'time-told'; detail = '' } }
    return @{ code = 'time-not-told'; detail = '' }
}

# What goes out otherwise on this computer and was not followed.
function Get-Notice($Whole, $Way) {
    if ($Way.kind -ne 'own') { return }
    if ($Whole.pacUrl) { 'Not followed: the proxy script that is set on this computer. Its ways were not tested; -Proxy host:port tries one.' }
    if ($Whole.detects) { 'Not followed: automatic detection of a proxy, which is on for services. The import tells whether it finds one here.' }
    if ($null -ne $Whole.arcAgent -and $null -ne $Whole.arcAgent['unread']) { 'Not followed: the Arc agent, which could not be asked how it goes out.' }
    if (@($Whole.serviceProxies).Count -gt 0) { "Not followed: a proxy that only accounts of services have: $(@($Whole.serviceProxies | ForEach-Object { Hide-Credential $_ }) -join ', ')." }
    if (-not $Whole.machineWide -and $Whole.server) { 'Not followed: the proxy of this account. Services of the node do not see it.' }
}

# Who signed, counted: a device that opens encrypted traffic stands here by its own name.
function Get-SignerLine($Reports) {
    $names = @{}
    $signers = @{}
    foreach ($line in (@($Reports) -join "`n") -split "`n") {
        if ($line -match '\AN(\d+)\t([^\t]*)\t([^\t]*)\t') { $names[$Matches[1]] = $Matches[3] }
        if ($line -notmatch '\AC\t(?:.*,)?(\d+)\z') { continue }
        $signer = [string]$names[$Matches[1]]
        $signers[$signer] = 1 + $signers[$signer]
    }
    if ($signers.Count -gt 0) { 'Certificates were signed by (look for names that are not those of public authorities):' }
    foreach ($signer in @($signers.Keys | Sort-Object)) { "  $($signers[$signer]) x $signer" }
}

# A name and password that somebody put into a proxy stay here. A password may hold any sign: all up to the last @ goes.
function Hide-Credential([string] $Text) {
    return $Text -replace '(?s)\A((?:[\w.]+=)?(?:(?:Expand|Multi)?String\|)?(?:(?:https?|socks)=)?(?:https?://)?).*@', '$1***@'
}

# The path of an address may hold one of its own.
function Hide-InAddress([string] $Text) {
    if ($Text -match '\Ahttps?://(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?(?:[/?#]|\z)') { return $Text }
    return Hide-Credential $Text
}

# 'id=Kind|data': bytes with a text that has an @ are not told, nor what shows of other kinds.
function Hide-InValue([string] $Line) {
    if ($Line -match '\A[^=]+=Other\|[A-Z_]*' -or $Line -match '\A[^=]+=Binary\|(?=(?:..)*?[2-7].40[2-7].)') { return $Matches[0] }
    return Hide-Credential $Line
}

# What a program said of an address may cite a part of it once more.
function Hide-InWords([string] $Text) { return $Text -replace '(?s)(?:https?://|[^\s:"'']{1,100}:).*@.*\z', '***' }

# --- The check

# 0, 1 or 2; what is printed goes before it.
function Start-Check {
    if ($Rest.Count -gt 0) {
        "'$($Rest -join ' ')' is nothing that this check takes: -OutFile FILE, -Proxy host:port or direct, -TimeoutMs N."
        return 2
    }
    $list = ConvertFrom-Json -InputObject ($json -join '')
    $time = 0
    if ($TimeoutMs -match '\A\d{1,6}\z') { $time = [int]$TimeoutMs }
    if ($time -eq 0 -and $TimeoutMs -match '\A0+\z') { $time = [int]$list.selection.timeoutMs }
    if ($time -lt 100 -or $time -gt 120000) {
        "'$TimeoutMs' is no time. Give -TimeoutMs in milliseconds, 100 to 120000."
        return 2
    }
    if (-not $OutFile) { $OutFile = "outbound-check_$env:COMPUTERNAME.json" }
    # Found out before, and not after minutes. What stands in the file stays until there is something better.
    try {
        if ((Test-Path -LiteralPath $OutFile) -and (Get-Item -LiteralPath $OutFile -Force).PSIsContainer) { throw 'That is a folder.' }
        Set-Content -LiteralPath "$OutFile.part" -Value '' -Encoding UTF8
        Remove-Item -LiteralPath "$OutFile.part"
    }
    catch {
        "'$OutFile' cannot be written. Give -OutFile with a file in a folder that you may write to. $($_.Exception.Message)"
        return 2
    }
    $way = @{ kind = 'own' }
    if ($Proxy -eq 'direct') { $way = @{ kind = 'direct' } }
    elseif ($Proxy) {
        $typed = ''
        if ($Proxy -match '\A(?:http://)?(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):\d{1,5}/?\z') { $typed = Get-ServerFor $Proxy 'https' }
        if (-not $typed) {
            "'$Proxy' is no proxy. Give host:port, or direct."
            return 2
        }
        $way = @{ kind = 'proxy'; proxy = $typed }
    }
    $whole = Get-ProxySetting -Layers $true
    $setting = @{}
    $names = 'computerName', 'machineWide', 'perUserPolicy', 'server', 'bypass', 'pacUrl', 'autoDetect', 'detects', 'readable',
        'leftoverServer', 'languageMode', 'addresses'
    foreach ($name in $names) { $setting[$name] = $whole.$name }
    $setting.values = @(foreach ($line in @($whole.values)) { Hide-InValue $line })
    $setting.serviceProxies = @(foreach ($line in @($whole.serviceProxies)) { Hide-Credential $line })
    $setting.server = Hide-Credential $setting.server
    $setting.leftoverServer = Hide-Credential $setting.leftoverServer
    $setting.pacUrl = Hide-InAddress $setting.pacUrl
    $setting.arcAgent = $null
    if ($null -ne $whole.arcAgent -and $null -ne $whole.arcAgent['unread']) {
        $setting.arcAgent = @{ unread = Hide-InWords $whole.arcAgent.unread }
    }
    elseif ($null -ne $whole.arcAgent) {
        $setting.arcAgent = @{
            proxyUrl       = Hide-Credential $whole.arcAgent.proxyUrl
            proxyBypass    = [string]$whole.arcAgent.proxyBypass
            connectionType = [string]$whole.arcAgent.connectionType
        }
    }
    if ($way.kind -eq 'own' -and -not $setting.readable) {
        'The proxy setting of this computer cannot be read. Give -Proxy host:port, or -Proxy direct.'
        return 2
    }
    $detection = ''
    if ($way.kind -eq 'own' -and $setting.detects) { $detection = [string](Find-ProxyScript) }
    # As every check: services see no account's proxy.
    $own = @{ server = ''; bypass = @() }
    if ($setting.machineWide) { $own = @{ server = $setting.server; bypass = $setting.bypass } }
    if ($way.kind -eq 'proxy') { $own = @{ server = $way.proxy; bypass = @() } }
    if ($way.kind -eq 'direct') { $own = @{ server = ''; bypass = @() } }
    $targets = @($list.endpoints | Where-Object { $null -eq $_.untested })
    $untested = @($list.endpoints | Where-Object { $null -ne $_.untested })
    if ($targets.Count -eq 0) {
        "The list has nothing that can be tested from here; rules that no node tries: $($untested.Count)."
        return 2
    }
    $numbers = @()
    $endpoints = @(for ($i = 0; $i -lt $targets.Count; $i++) {
        $target = $targets[$i]
        $path = '/'
        if ($null -ne $target.PSObject.Properties['path']) { $path = [string]$target.path }
        if ($target.protocol -eq 'udp') { continue }
        $numbers += $i
        @{
            id = [string]$i; host = [string]$target.host; port = [int]$target.port; protocol = [string]$target.protocol
            path = $path; proxy = Get-ProxyFor $own $target
        }
    })
    $timeNumbers = @(for ($i = 0; $i -lt $targets.Count; $i++) { if ($targets[$i].protocol -eq 'udp') { $i } })
    $rounds = ($targets.Count + 199 - (($targets.Count + 199) % 200)) / 200
    "Measuring $($targets.Count) endpoints of $($list.edition.name) from $env:COMPUTERNAME ..."
    $began = [datetime]::UtcNow
    $deadline = [int]$rounds * $time + 15000
    $reports = @()
    if ($endpoints.Count -gt 0) {
        $reports = @(Test-EndpointByCurl -Endpoints $endpoints -TimeoutMs $time -DeadlineMs $deadline -MaxConcurrent 200)
    }
    $timeReports = @()
    if ($timeNumbers.Count -gt 0) {
        $servers = @(foreach ($i in $timeNumbers) { @{ host = [string]$targets[$i].host } })
        $timeReports = @(Test-TimeServer -Endpoints $servers -DeadlineMs $deadline)
    }
    $ended = [datetime]::UtcNow

    $outcomes = @{}
    foreach ($report in $reports) {
        if ([string]$report -notmatch '\AT(\d+)\t') { continue }
        $number = [int]$Matches[1]
        $i = $numbers[$number]
        $outcomes[$i] = Get-Outcome ([string]$report) $targets[$i] $endpoints[$number].proxy
    }
    foreach ($report in $timeReports) {
        if ([string]$report -match '\AM(\d+)\t') { $outcomes[$timeNumbers[[int]$Matches[1]]] = Get-TimeOutcome ([string]$report -split "`t", 6) }
    }
    $proxies = @{}
    for ($number = 0; $number -lt $numbers.Count; $number++) { $proxies[$numbers[$number]] = $endpoints[$number].proxy }
    $missed = 0
    $codes = @()
    for ($i = 0; $i -lt $targets.Count; $i++) {
        $outcome = @{ code = 'no-report'; detail = '' }
        if ($outcomes.ContainsKey($i)) { $outcome = $outcomes[$i] }
        $codes += $outcome.code
        $sign = 'ok    '
        if ($answers -notcontains $outcome.code) { $sign = 'FAILED'; $missed++ }
        $by = ''
        if ($proxies[$i]) { $by = " by $($proxies[$i])" }
        $detail = ''
        if ($outcome.detail) { $detail = " ($($outcome.detail))" }
        "$sign  $($targets[$i].host):$($targets[$i].port)/$($targets[$i].protocol)$by  $($words[$outcome.code])$detail"
    }
    foreach ($entry in $untested) {
        $why = [string]$entry.untested
        if ($reasons.ContainsKey($why)) { $why = $reasons[$why] }
        "not tested  $($entry.host):$($entry.port)/$($entry.protocol)  $why"
    }
    Get-Notice $whole $way
    Get-SignerLine $reports
    $result = @{
        format    = 'outbound-connectivity/measurements'
        version   = 1
        list      = $list
        node      = [string]$env:COMPUTERNAME
        by        = [string]$whole.account
        way       = $way
        timeoutMs = $time
        startedAt = $began.ToString('o')
        endedAt   = $ended.ToString('o')
        setting   = $setting
        detection = $detection
        outcomes  = @($codes)
        proxies   = @(for ($i = 0; $i -lt $targets.Count; $i++) { [string]$proxies[$i] })
        reports   = @(foreach ($report in $reports) { [string]$report })
        times     = @(foreach ($report in $timeReports) { [string]$report })
    }
    "$missed of $($targets.Count) endpoints did not answer; rules that no node tries, so not tested: $($untested.Count)."
    try { Set-Content -LiteralPath $OutFile -Value (ConvertTo-Json -InputObject $result -Compress -Depth 8) -Encoding UTF8 }
    catch {
        "The measurements could not be written to '$OutFile': $($_.Exception.Message) Give another -OutFile and run it again."
        return 2
    }
    "Measurements: $((Get-Item -LiteralPath $OutFile -Force).FullName)"
    'Import that file in the tool for the verdicts: whose answer it was, only they say.'
    if ($missed -gt 0) { return 1 }
    return 0
}

$end = @{ code = 2 }
try { Start-Check | ForEach-Object { if ($_ -is [int]) { $end.code = $_ } else { $_ } } }
catch {
    $end.code = 2
    $why = [string]$_.Exception.Message
    if ($why.StartsWith('curl-missing:')) {
        $why = 'This computer has no curl.exe, which Windows has since version 1803 in System32; PATH may lack that folder. Put it there, or ask whether a policy keeps it away. (curl-missing)'
    }
    elseif ($why.StartsWith('curl-failed:')) {
        $why = "curl.exe of this computer did not run or knows none of what it was asked; a policy may keep it from running. ($why)"
    }
    "Nothing was measured: $why"
}
exit $end.code
