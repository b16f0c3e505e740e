/** Formats by whom they are for, in the order in which they are offered. */
export const FORMAT_GROUPS = {
  firewall: ['bicep', 'arm', 'terraform', 'squid', 'suricata', 'palo-alto', 'fortigate'],
  people: ['xlsx', 'markdown', 'html'],
} as const;

export const FORMAT_NAMES = [...FORMAT_GROUPS.firewall, ...FORMAT_GROUPS.people] as const;
export type FormatName = (typeof FORMAT_NAMES)[number];

export function isFormatName(name: string): name is FormatName {
  return (FORMAT_NAMES as readonly string[]).includes(name);
}
