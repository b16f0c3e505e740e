import { type Check } from './edition.ts';

/** Domains in which every Azure customer has names; Azure's monitoring has a part of one to itself. */
const SHARED = [
  'core.windows.net',
  'core.usgovcloudapi.net',
  'core.chinacloudapi.cn',
  'servicebus.windows.net',
  'servicebus.usgovcloudapi.net',
  'servicebus.chinacloudapi.cn',
];

export const sharedServices: Check = {
  name: 'shared-services',
  find: ({ rules }) =>
    rules
      .filter(rule => rule.host.startsWith('*.') && rule.risk === undefined)
      .filter(rule => SHARED.some(domain => `.${rule.host.slice(2)}`.endsWith(`.${domain}`)))
      .filter(rule => !rule.host.endsWith('.monitor.core.windows.net'))
      .map(
        rule => `rule "${rule.id}": "${rule.host}" opens other customers' endpoints too: say so in "risk".`,
      ),
};
