import { type Check } from './edition.ts';

/** Domains in which every Azure customer has names; Azure's monitoring has a part of one to itself. */
const SHARED = [
  'core.windows.net',
  'core.usgovcloudapi.net',
  'core.chinacloudapi.cn',
  'blob.storage.azure.net',
  'servicebus.windows.net',
  'servicebus.usgovcloudapi.net',
  'servicebus.chinacloudapi.cn',
  'vault.azure.net',
  'vault.usgovcloudapi.net',
  'azconfig.io',
  'azure-api.net',
  'azurecr.io',
  'azurecr.us',
  'azurecr.cn',
  'azureedge.net',
  'azureedge.us',
  'azurefd.net',
  'azurewebsites.net',
  'cloudapp.azure.com',
  'database.windows.net',
  'trafficmanager.net',
  'usgovtrafficmanager.net',
  'trafficmanager.cn',
  'gw.arc.azure.com',
  'gw.arc.azure.net',
];

/** Below those, but Azure's own. */
const OWN = ['.monitor.core.windows.net', '.subscriptionrp.trafficmanager.net'];

/** A wildcard below a shared domain, over it, or over a domain that has it. */
export const sharedServices: Check = {
  name: 'shared-services',
  find: ({ rules }) =>
    rules
      .filter(rule => rule.host.startsWith('*.') && rule.risk === undefined)
      .filter(rule => SHARED.some(domain => meet(rule.host.slice(1), `.${domain}`)))
      .filter(rule => !OWN.some(end => rule.host.endsWith(end)))
      .map(
        rule => `rule "${rule.id}": "${rule.host}" opens other customers' endpoints too: say so in "risk".`,
      ),
};

function meet(one: string, other: string): boolean {
  return one.endsWith(other) || other.endsWith(one);
}
