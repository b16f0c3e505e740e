# Outbound allowlist: Azure Local endpoints by region, July 2026 (azure-local-2026-07), Azure public, East US. Made on 2026-07-14 by Outbound connectivity.
# Endpoints: 88.
# Leave TLS inspection off for these rules: the services end connections that are opened on the way.
# Rules by name for other protocols than HTTP and HTTPS work only with DNS proxy on in the policy's DNS settings.
# Not in this file: azgn*.servicebus.windows.net:443/https. Azure Firewall cannot say a star within a name; *.servicebus.windows.net of this list opens it already.

variable "firewall_policy_id" {
  type        = string
  description = "ID of the existing firewall policy."
}

variable "source_addresses" {
  type        = list(string)
  description = "Addresses of the cluster nodes, the infrastructure range and the cluster."
}

resource "azurerm_firewall_policy_rule_collection_group" "azure_local_allowlist" {
  name               = "azure-local-allowlist"
  firewall_policy_id = var.firewall_policy_id
  priority           = 400

  application_rule_collection {
    name     = "azure-local-web"
    priority = 410
    action   = "Allow"

    rule {
      name             = "https-443"
      source_addresses = var.source_addresses
      destination_fqdns = [
        # Installs PowerShell modules that the deployment needs.
        "www.powershellgallery.com",
        # The Azure portal, from which the deployment is started.
        "portal.azure.com",
        # Azure Storage: files of the deployment and, with its own account, the cloud witness.
        # The storage account of the cloud witness, where the cluster has one.
        "*.blob.core.windows.net",
        # Container images for the management of Arc virtual machines.
        "hciarcvmscontainerregistry.azurecr.io",
        # Downloads the solution's releases.
        "azurestackreleases.download.prss.microsoft.com",
        # Gives Windows the settings of its diagnostic data.
        "settings-win.data.microsoft.com",
        # Resolves Microsoft's short links, among them those of update lists and agents.
        "aka.ms",
        # Signs the cluster in to Azure: the directory authority that issues and validates its tokens.
        "login.microsoftonline.com",
        # Looks up the directory objects behind the registration and gets tokens for them.
        "graph.windows.net",
        # Microsoft Graph: looks up directory objects such as the cluster's identity.
        "graph.microsoft.com",
        # Microsoft Entra ID by an older name, for the Arc agent.
        "login.windows.net",
        # Signs nodes and services in to Microsoft Entra ID.
        "login.microsoft.com",
        # Holds the secrets with which the cluster is deployed.
        "*.vault.azure.net",
        # Signs nodes and services in to Microsoft Entra ID, by region.
        "eastus.login.microsoft.com",
        # Creates the cluster's Azure resource when it is registered and deletes it when it is unregistered.
        "management.azure.com",
        # The service's data plane: takes billing data and diagnostics from the cluster and feeds the Azure portal.
        "dp.stackhci.azure.com",
        # Takes and gives licences of the cluster.
        "licensing.platform.edge.azure.com",
        # Takes billing data of the cluster.
        "billing.platform.edge.azure.com",
        # The service's data plane: takes billing data and diagnostics from the cluster and feeds the Azure portal.
        "azurestackhci.azurefd.net",
        # Downloads of Microsoft software and update packages.
        "download.microsoft.com",
        # Microsoft Entra ID, for the Arc agent.
        "pas.windows.net",
        # Notification service of the Arc agent, for extensions and connections.
        "guestnotificationservice.azure.com",
        # Gives the Arc agent the machine's identity and takes its metadata, by region.
        "gbl.his.arc.azure.com",
        # Manages the Arc agent's extensions and the configuration of the machine.
        "agentserviceapi.guestconfiguration.azure.com",
        # Relays messages and connections of the Arc agent (Azure Service Bus).
        "*.servicebus.windows.net",
        # Gives the Arc agent the machine's identity and takes its metadata, by region.
        "eus.his.arc.azure.com",
        # Manages the Arc agent's extensions and the configuration of the machine.
        "eastus-gas.guestconfiguration.azure.com",
        # The Arc gateway of this cluster; the name begins with the gateway's own id.
        "*.gw.arc.azure.com",
        # Catalogue of the images of the infrastructure.
        "msk8s.api.cdp.microsoft.com",
        # Delivers the images of the infrastructure.
        "msk8s.sb.tlu.dl.delivery.mp.microsoft.com",
        # Charts that connect Kubernetes clusters to Azure Arc.
        "k8connecthelm.azureedge.net",
        # Container registry with images and charts of the infrastructure.
        "kvamanagementoperator.azurecr.io",
        # Linux packages of Microsoft.
        "packages.microsoft.com",
        # Charts that connect Kubernetes clusters to Azure Arc.
        "k8sconnectcsp.azureedge.net",
        # Takes metrics of the Arc resource bridge.
        "*.prod.hot.ingest.monitor.core.windows.net",
        # Takes metrics of the Arc resource bridge.
        "prod5.prod.hot.ingestion.msftcloudes.com",
        # Extensions of the Azure command line for Arc.
        "arcplatformcliextprod.z13.web.core.windows.net",
        # Data plane of the Arc resource bridge, by region.
        "eastus.dp.prod.appliances.azure.com",
        # Microsoft's container registry: names and manifests of images.
        "mcr.microsoft.com",
        # Delivers the layers of container images of Microsoft's registry.
        "westus.data.mcr.microsoft.com",
        # Container registry with images and charts of the infrastructure.
        "azurearcfork8s.azurecr.io",
        # Container registry with images and charts of the infrastructure.
        "linuxgeneva-microsoft.azurecr.io",
        # Container registry with images and charts of the infrastructure.
        "azurearcfork8sdev.azurecr.io",
        # Container registry with images and charts of the infrastructure.
        "hybridaks.azurecr.io",
        # Container registry with images and charts of the infrastructure.
        "aszk8snetworking.azurecr.io",
        # Tells the downloads of the Kubernetes infrastructure where to fetch (delivery optimization).
        "*.do.dsp.mp.microsoft.com",
        # Tells the downloads of the Kubernetes infrastructure where to fetch (delivery optimization).
        "*.prod.do.dsp.mp.microsoft.com",
        # Issues tokens of Microsoft Entra ID under an older name.
        "sts.windows.net",
        # Container registry with images and charts of the infrastructure.
        "ecpacr.azurecr.io",
        # Azure Storage: images of the Kubernetes infrastructure.
        "*.blob.storage.azure.net",
        # Extension of the Azure command line for Arc virtual machines.
        "hciarcvmsstorage.z13.web.core.windows.net",
        # Finds a front end of the remote support service (Azure Traffic Manager).
        "edgesupprd.trafficmanager.net",
        # Takes and analyses crash reports.
        "azurewatsonanalysis-prod.core.windows.net",
        # Delivers the layers of container images of Microsoft's registry.
        "northeurope.data.mcr.microsoft.com",
        # Delivers the layers of container images of Microsoft's registry.
        "westeurope.data.mcr.microsoft.com",
        # Takes the configuration of Kubernetes clusters and reports their state, by region.
        "eastus.dp.kubernetesconfiguration.azure.com",
        # Files of public GitHub repositories that the installation of the infrastructure reads.
        "raw.githubusercontent.com",
        # Container registry with images and charts of the infrastructure.
        "pipelineagent.azurecr.io",
        # Tells a node which updates there are.
        "fe3cr.delivery.mp.microsoft.com",
        # Extension of the Azure command line for Kubernetes on the cluster.
        "hybridaksstorage.z13.web.core.windows.net",
        # Certificates and lists that Windows fetches from Microsoft's site.
        "www.microsoft.com",
        # Takes metrics of the nodes.
        "global.prod.microsoftmetrics.com",
        # Takes metrics of the nodes.
        "prod5.prod.microsoftmetrics.com",
        # Takes telemetry of agents (Application Insights).
        "dc.services.visualstudio.com",
        # Takes metrics and diagnostics of the nodes.
        "qos.prod.warm.ingest.monitor.core.windows.net",
        # Configures the monitoring agents of Microsoft.
        "gcs.prod.monitoring.core.windows.net",
        # Takes diagnostic data of Windows and of the infrastructure.
        "adhs.events.data.microsoft.com",
        # Takes diagnostic data of Windows and of the infrastructure.
        "v20.events.data.microsoft.com",
        # Takes metrics and diagnostics of the nodes.
        "eastus-shared.prod.warm.ingest.monitor.core.windows.net",
        # Takes metrics and diagnostics of the nodes.
        "westus-shared.prod.warm.ingest.monitor.core.windows.net",
        # Connects Windows Admin Center in the Azure portal to the machine.
        "*.waconazure.com",
        # Redirects short Microsoft links to their present address.
        "go.microsoft.com",
        # Takes all traffic of Defender for Endpoint's sensor (streamlined connectivity).
        "*.endpoint.security.microsoft.com",
      ]
      protocols {
        type = "Https"
        port = 443
      }
    }

    rule {
      name             = "http-80"
      source_addresses = var.source_addresses
      destination_fqdns = [
        # Windows' own test whether the internet can be reached.
        "www.msftconnecttest.com",
        # Lists of certificates that DigiCert revoked.
        "crl3.digicert.com",
        # Lists of certificates that DigiCert revoked.
        "crl4.digicert.com",
        # Lists of certificates that Microsoft revoked.
        "crl.microsoft.com",
        # Says whether a certificate of Microsoft was revoked.
        "oneocsp.microsoft.com",
        # Lists of revoked time stamping certificates (former Symantec).
        "ts-crl.ws.symantec.com",
        # Says whether a time stamping certificate was revoked (former Symantec).
        "ts-ocsp.ws.symantec.com",
        # Lists and answers on revoked certificates of the former Symantec authorities.
        "s.symcd.com",
        # Says whether a certificate of DigiCert was revoked.
        "ocsp.digicert.com",
        # Says whether a certificate of GlobalSign was revoked.
        "ocsp.globalsign.com",
        # Says whether a certificate of GlobalSign was revoked.
        "ocsp2.globalsign.com",
      ]
      protocols {
        type = "Http"
        port = 80
      }
    }

    rule {
      name             = "https-8084"
      source_addresses = var.source_addresses
      destination_fqdns = [
        # Lets the cluster act for a signed-in user (on behalf of), by region; TLS on port 8084.
        "eastus.obo.arc.azure.com",
      ]
      protocols {
        type = "Https"
        port = 8084
      }
    }
  }

  network_rule_collection {
    name     = "azure-local-other"
    priority = 420
    action   = "Allow"

    rule {
      name              = "tcp-80"
      protocols         = ["TCP"]
      source_addresses  = var.source_addresses
      destination_fqdns = [
        # Only while a deployment is validated: a critical check calls Test-NetConnection without a target, which then connects here.
        "internetbeacon.msedge.net",
      ]
      destination_ports = ["80"]
    }

    rule {
      name              = "tcp-443"
      protocols         = ["TCP"]
      source_addresses  = var.source_addresses
      destination_fqdns = [
        # Only while a deployment is validated: a critical check calls Test-NetConnection without a target, which then connects here.
        "internetbeacon.msedge.net",
      ]
      destination_ports = ["443"]
    }

    rule {
      name              = "udp-123"
      protocols         = ["UDP"]
      source_addresses  = var.source_addresses
      destination_fqdns = [
        # Sets the clock of the appliance machine (NTP). Without the right time TLS fails.
        "time.windows.com",
      ]
      destination_ports = ["123"]
    }
  }
}
