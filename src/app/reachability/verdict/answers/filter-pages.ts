/**
 * Addresses that DNS filters give for names that they block: their block pages and sinkholes. Sources:
 * Cisco Umbrella: "Learn the Umbrella Block Page IP Addresses", cisco.com, document 224799;
 * FortiGuard: "Various Block option under DNS filter", community.fortinet.com, article 260790;
 * Palo Alto Networks: "Enable DNS Security", docs.paloaltonetworks.com/dns-security (default sinkhole).
 */
const FILTER_PAGES: Readonly<Record<string, string>> = {
  '146.112.61.104': 'Cisco Umbrella',
  '146.112.61.105': 'Cisco Umbrella',
  '146.112.61.106': 'Cisco Umbrella',
  '146.112.61.107': 'Cisco Umbrella',
  '146.112.61.108': 'Cisco Umbrella',
  '146.112.61.110': 'Cisco Umbrella',
  '208.91.112.55': 'FortiGuard',
  '2001:cdba::3257:9652': 'FortiGuard',
  '198.135.184.22': 'Palo Alto Networks',
};

/** Whose block page an address is; undefined: none that is known. */
export function filterPageAt(address: string): string | undefined {
  const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
  return Object.hasOwn(FILTER_PAGES, plain) ? FILTER_PAGES[plain] : undefined;
}
