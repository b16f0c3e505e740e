// Outbound allowlist: Azure Local endpoints by region, July 2026 (azure-local-2026-07), Azure public, East US. Made on 2026-07-14 by Outbound connectivity.
// Endpoints: 88.
// Leave TLS inspection off for these rules: the services end connections that are opened on the way.
// Rules by name for other protocols than HTTP and HTTPS work only with DNS proxy on in the policy's DNS settings.
// Not in this file: azgn*.servicebus.windows.net:443/https. Azure Firewall cannot say a star within a name; *.servicebus.windows.net of this list opens it already.

@description('Name of the existing firewall policy.')
param policyName string
@description('Addresses of the cluster nodes, the infrastructure range and the cluster.')
#disable-next-line no-unused-params
param sourceAddresses array

resource policy 'Microsoft.Network/firewallPolicies@2024-05-01' existing = {
  name: policyName
}

resource allowlist 'Microsoft.Network/firewallPolicies/ruleCollectionGroups@2024-05-01' = {
  parent: policy
  name: 'azure-local-allowlist'
  properties: {
    priority: 400
    ruleCollections: [
      {
        ruleCollectionType: 'FirewallPolicyFilterRuleCollection'
        name: 'azure-local-web'
        priority: 410
        action: {
          type: 'Allow'
        }
        rules: [
          {
            ruleType: 'ApplicationRule'
            name: 'https-443'
            sourceAddresses: sourceAddresses
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: [
              // Installs PowerShell modules that the deployment needs.
              #disable-next-line no-hardcoded-env-urls
              'www.powershellgallery.com'
              // The Azure portal, from which the deployment is started.
              #disable-next-line no-hardcoded-env-urls
              'portal.azure.com'
              // Azure Storage: files of the deployment and, with its own account, the cloud witness.
              // The storage account of the cloud witness, where the cluster has one.
              #disable-next-line no-hardcoded-env-urls
              '*.blob.core.windows.net'
              // Container images for the management of Arc virtual machines.
              #disable-next-line no-hardcoded-env-urls
              'hciarcvmscontainerregistry.azurecr.io'
              // Downloads the solution's releases.
              #disable-next-line no-hardcoded-env-urls
              'azurestackreleases.download.prss.microsoft.com'
              // Gives Windows the settings of its diagnostic data.
              #disable-next-line no-hardcoded-env-urls
              'settings-win.data.microsoft.com'
              // Resolves Microsoft's short links, among them those of update lists and agents.
              #disable-next-line no-hardcoded-env-urls
              'aka.ms'
              // Signs the cluster in to Azure: the directory authority that issues and validates its tokens.
              #disable-next-line no-hardcoded-env-urls
              'login.microsoftonline.com'
              // Looks up the directory objects behind the registration and gets tokens for them.
              #disable-next-line no-hardcoded-env-urls
              'graph.windows.net'
              // Microsoft Graph: looks up directory objects such as the cluster's identity.
              #disable-next-line no-hardcoded-env-urls
              'graph.microsoft.com'
              // Microsoft Entra ID by an older name, for the Arc agent.
              #disable-next-line no-hardcoded-env-urls
              'login.windows.net'
              // Signs nodes and services in to Microsoft Entra ID.
              #disable-next-line no-hardcoded-env-urls
              'login.microsoft.com'
              // Holds the secrets with which the cluster is deployed.
              #disable-next-line no-hardcoded-env-urls
              '*.vault.azure.net'
              // Signs nodes and services in to Microsoft Entra ID, by region.
              #disable-next-line no-hardcoded-env-urls
              'eastus.login.microsoft.com'
              // Creates the cluster's Azure resource when it is registered and deletes it when it is unregistered.
              #disable-next-line no-hardcoded-env-urls
              'management.azure.com'
              // The service's data plane: takes billing data and diagnostics from the cluster and feeds the Azure portal.
              #disable-next-line no-hardcoded-env-urls
              'dp.stackhci.azure.com'
              // Takes and gives licences of the cluster.
              #disable-next-line no-hardcoded-env-urls
              'licensing.platform.edge.azure.com'
              // Takes billing data of the cluster.
              #disable-next-line no-hardcoded-env-urls
              'billing.platform.edge.azure.com'
              // The service's data plane: takes billing data and diagnostics from the cluster and feeds the Azure portal.
              #disable-next-line no-hardcoded-env-urls
              'azurestackhci.azurefd.net'
              // Downloads of Microsoft software and update packages.
              #disable-next-line no-hardcoded-env-urls
              'download.microsoft.com'
              // Microsoft Entra ID, for the Arc agent.
              #disable-next-line no-hardcoded-env-urls
              'pas.windows.net'
              // Notification service of the Arc agent, for extensions and connections.
              #disable-next-line no-hardcoded-env-urls
              'guestnotificationservice.azure.com'
              // Gives the Arc agent the machine's identity and takes its metadata, by region.
              #disable-next-line no-hardcoded-env-urls
              'gbl.his.arc.azure.com'
              // Manages the Arc agent's extensions and the configuration of the machine.
              #disable-next-line no-hardcoded-env-urls
              'agentserviceapi.guestconfiguration.azure.com'
              // Relays messages and connections of the Arc agent (Azure Service Bus).
              #disable-next-line no-hardcoded-env-urls
              '*.servicebus.windows.net'
              // Gives the Arc agent the machine's identity and takes its metadata, by region.
              #disable-next-line no-hardcoded-env-urls
              'eus.his.arc.azure.com'
              // Manages the Arc agent's extensions and the configuration of the machine.
              #disable-next-line no-hardcoded-env-urls
              'eastus-gas.guestconfiguration.azure.com'
              // The Arc gateway of this cluster; the name begins with the gateway's own id.
              #disable-next-line no-hardcoded-env-urls
              '*.gw.arc.azure.com'
              // Catalogue of the images of the infrastructure.
              #disable-next-line no-hardcoded-env-urls
              'msk8s.api.cdp.microsoft.com'
              // Delivers the images of the infrastructure.
              #disable-next-line no-hardcoded-env-urls
              'msk8s.sb.tlu.dl.delivery.mp.microsoft.com'
              // Charts that connect Kubernetes clusters to Azure Arc.
              #disable-next-line no-hardcoded-env-urls
              'k8connecthelm.azureedge.net'
              // Container registry with images and charts of the infrastructure.
              #disable-next-line no-hardcoded-env-urls
              'kvamanagementoperator.azurecr.io'
              // Linux packages of Microsoft.
              #disable-next-line no-hardcoded-env-urls
              'packages.microsoft.com'
              // Charts that connect Kubernetes clusters to Azure Arc.
              #disable-next-line no-hardcoded-env-urls
              'k8sconnectcsp.azureedge.net'
              // Takes metrics of the Arc resource bridge.
              #disable-next-line no-hardcoded-env-urls
              '*.prod.hot.ingest.monitor.core.windows.net'
              // Takes metrics of the Arc resource bridge.
              #disable-next-line no-hardcoded-env-urls
              'prod5.prod.hot.ingestion.msftcloudes.com'
              // Extensions of the Azure command line for Arc.
              #disable-next-line no-hardcoded-env-urls
              'arcplatformcliextprod.z13.web.core.windows.net'
              // Data plane of the Arc resource bridge, by region.
              #disable-next-line no-hardcoded-env-urls
              'eastus.dp.prod.appliances.azure.com'
              // Microsoft's container registry: names and manifests of images.
              #disable-next-line no-hardcoded-env-urls
              'mcr.microsoft.com'
              // Delivers the layers of container images of Microsoft's registry.
              #disable-next-line no-hardcoded-env-urls
              'westus.data.mcr.microsoft.com'
              // Container registry with images and charts of the infrastructure.
              #disable-next-line no-hardcoded-env-urls
              'azurearcfork8s.azurecr.io'
              // Container registry with images and charts of the infrastructure.
              #disable-next-line no-hardcoded-env-urls
              'linuxgeneva-microsoft.azurecr.io'
              // Container registry with images and charts of the infrastructure.
              #disable-next-line no-hardcoded-env-urls
              'azurearcfork8sdev.azurecr.io'
              // Container registry with images and charts of the infrastructure.
              #disable-next-line no-hardcoded-env-urls
              'hybridaks.azurecr.io'
              // Container registry with images and charts of the infrastructure.
              #disable-next-line no-hardcoded-env-urls
              'aszk8snetworking.azurecr.io'
              // Tells the downloads of the Kubernetes infrastructure where to fetch (delivery optimization).
              #disable-next-line no-hardcoded-env-urls
              '*.do.dsp.mp.microsoft.com'
              // Tells the downloads of the Kubernetes infrastructure where to fetch (delivery optimization).
              #disable-next-line no-hardcoded-env-urls
              '*.prod.do.dsp.mp.microsoft.com'
              // Issues tokens of Microsoft Entra ID under an older name.
              #disable-next-line no-hardcoded-env-urls
              'sts.windows.net'
              // Container registry with images and charts of the infrastructure.
              #disable-next-line no-hardcoded-env-urls
              'ecpacr.azurecr.io'
              // Azure Storage: images of the Kubernetes infrastructure.
              #disable-next-line no-hardcoded-env-urls
              '*.blob.storage.azure.net'
              // Extension of the Azure command line for Arc virtual machines.
              #disable-next-line no-hardcoded-env-urls
              'hciarcvmsstorage.z13.web.core.windows.net'
              // Finds a front end of the remote support service (Azure Traffic Manager).
              #disable-next-line no-hardcoded-env-urls
              'edgesupprd.trafficmanager.net'
              // Takes and analyses crash reports.
              #disable-next-line no-hardcoded-env-urls
              'azurewatsonanalysis-prod.core.windows.net'
              // Delivers the layers of container images of Microsoft's registry.
              #disable-next-line no-hardcoded-env-urls
              'northeurope.data.mcr.microsoft.com'
              // Delivers the layers of container images of Microsoft's registry.
              #disable-next-line no-hardcoded-env-urls
              'westeurope.data.mcr.microsoft.com'
              // Takes the configuration of Kubernetes clusters and reports their state, by region.
              #disable-next-line no-hardcoded-env-urls
              'eastus.dp.kubernetesconfiguration.azure.com'
              // Files of public GitHub repositories that the installation of the infrastructure reads.
              #disable-next-line no-hardcoded-env-urls
              'raw.githubusercontent.com'
              // Container registry with images and charts of the infrastructure.
              #disable-next-line no-hardcoded-env-urls
              'pipelineagent.azurecr.io'
              // Tells a node which updates there are.
              #disable-next-line no-hardcoded-env-urls
              'fe3cr.delivery.mp.microsoft.com'
              // Extension of the Azure command line for Kubernetes on the cluster.
              #disable-next-line no-hardcoded-env-urls
              'hybridaksstorage.z13.web.core.windows.net'
              // Certificates and lists that Windows fetches from Microsoft's site.
              #disable-next-line no-hardcoded-env-urls
              'www.microsoft.com'
              // Takes metrics of the nodes.
              #disable-next-line no-hardcoded-env-urls
              'global.prod.microsoftmetrics.com'
              // Takes metrics of the nodes.
              #disable-next-line no-hardcoded-env-urls
              'prod5.prod.microsoftmetrics.com'
              // Takes telemetry of agents (Application Insights).
              #disable-next-line no-hardcoded-env-urls
              'dc.services.visualstudio.com'
              // Takes metrics and diagnostics of the nodes.
              #disable-next-line no-hardcoded-env-urls
              'qos.prod.warm.ingest.monitor.core.windows.net'
              // Configures the monitoring agents of Microsoft.
              #disable-next-line no-hardcoded-env-urls
              'gcs.prod.monitoring.core.windows.net'
              // Takes diagnostic data of Windows and of the infrastructure.
              #disable-next-line no-hardcoded-env-urls
              'adhs.events.data.microsoft.com'
              // Takes diagnostic data of Windows and of the infrastructure.
              #disable-next-line no-hardcoded-env-urls
              'v20.events.data.microsoft.com'
              // Takes metrics and diagnostics of the nodes.
              #disable-next-line no-hardcoded-env-urls
              'eastus-shared.prod.warm.ingest.monitor.core.windows.net'
              // Takes metrics and diagnostics of the nodes.
              #disable-next-line no-hardcoded-env-urls
              'westus-shared.prod.warm.ingest.monitor.core.windows.net'
              // Connects Windows Admin Center in the Azure portal to the machine.
              #disable-next-line no-hardcoded-env-urls
              '*.waconazure.com'
              // Redirects short Microsoft links to their present address.
              #disable-next-line no-hardcoded-env-urls
              'go.microsoft.com'
              // Takes all traffic of Defender for Endpoint's sensor (streamlined connectivity).
              #disable-next-line no-hardcoded-env-urls
              '*.endpoint.security.microsoft.com'
            ]
          }
          {
            ruleType: 'ApplicationRule'
            name: 'http-80'
            sourceAddresses: sourceAddresses
            protocols: [
              {
                protocolType: 'Http'
                port: 80
              }
            ]
            targetFqdns: [
              // Windows' own test whether the internet can be reached.
              #disable-next-line no-hardcoded-env-urls
              'www.msftconnecttest.com'
              // Lists of certificates that DigiCert revoked.
              #disable-next-line no-hardcoded-env-urls
              'crl3.digicert.com'
              // Lists of certificates that DigiCert revoked.
              #disable-next-line no-hardcoded-env-urls
              'crl4.digicert.com'
              // Lists of certificates that Microsoft revoked.
              #disable-next-line no-hardcoded-env-urls
              'crl.microsoft.com'
              // Says whether a certificate of Microsoft was revoked.
              #disable-next-line no-hardcoded-env-urls
              'oneocsp.microsoft.com'
              // Lists of revoked time stamping certificates (former Symantec).
              #disable-next-line no-hardcoded-env-urls
              'ts-crl.ws.symantec.com'
              // Says whether a time stamping certificate was revoked (former Symantec).
              #disable-next-line no-hardcoded-env-urls
              'ts-ocsp.ws.symantec.com'
              // Lists and answers on revoked certificates of the former Symantec authorities.
              #disable-next-line no-hardcoded-env-urls
              's.symcd.com'
              // Says whether a certificate of DigiCert was revoked.
              #disable-next-line no-hardcoded-env-urls
              'ocsp.digicert.com'
              // Says whether a certificate of GlobalSign was revoked.
              #disable-next-line no-hardcoded-env-urls
              'ocsp.globalsign.com'
              // Says whether a certificate of GlobalSign was revoked.
              #disable-next-line no-hardcoded-env-urls
              'ocsp2.globalsign.com'
            ]
          }
          {
            ruleType: 'ApplicationRule'
            name: 'https-8084'
            sourceAddresses: sourceAddresses
            protocols: [
              {
                protocolType: 'Https'
                port: 8084
              }
            ]
            targetFqdns: [
              // Lets the cluster act for a signed-in user (on behalf of), by region; TLS on port 8084.
              #disable-next-line no-hardcoded-env-urls
              'eastus.obo.arc.azure.com'
            ]
          }
        ]
      }
      {
        ruleCollectionType: 'FirewallPolicyFilterRuleCollection'
        name: 'azure-local-other'
        priority: 420
        action: {
          type: 'Allow'
        }
        rules: [
          {
            ruleType: 'NetworkRule'
            name: 'tcp-80'
            ipProtocols: [
              'TCP'
            ]
            sourceAddresses: sourceAddresses
            destinationFqdns: [
              // Only while a deployment is validated: a critical check calls Test-NetConnection without a target, which then connects here.
              #disable-next-line no-hardcoded-env-urls
              'internetbeacon.msedge.net'
            ]
            destinationPorts: [
              '80'
            ]
          }
          {
            ruleType: 'NetworkRule'
            name: 'tcp-443'
            ipProtocols: [
              'TCP'
            ]
            sourceAddresses: sourceAddresses
            destinationFqdns: [
              // Only while a deployment is validated: a critical check calls Test-NetConnection without a target, which then connects here.
              #disable-next-line no-hardcoded-env-urls
              'internetbeacon.msedge.net'
            ]
            destinationPorts: [
              '443'
            ]
          }
          {
            ruleType: 'NetworkRule'
            name: 'udp-123'
            ipProtocols: [
              'UDP'
            ]
            sourceAddresses: sourceAddresses
            destinationFqdns: [
              // Sets the clock of the appliance machine (NTP). Without the right time TLS fails.
              #disable-next-line no-hardcoded-env-urls
              'time.windows.com'
            ]
            destinationPorts: [
              '123'
            ]
          }
        ]
      }
    ]
  }
}
