import type { ObservedCertificate } from '../../probe/observation';
import { parseDistinguishedName } from './distinguished-name';

/**
 * Products that open TLS, by the names in the authorities that they make for themselves when nobody gives them another.
 * Names of products: cloudflare/mitmengine, reference_fingerprints/mitmengine/mitm.txt, and Durumeric et al., "The
 * Security Impact of HTTPS Interception" (NDSS 2017), tables 2 and 5. A company's own authority is told by nothing but
 * that it is not a service's.
 */
const PRODUCTS: readonly (readonly [name: string, mark: RegExp])[] = [
  ['Zscaler', /\bzscaler\b/i],
  ['Netskope', /\bnetskope\b|goskope\.com/i],
  ['Palo Alto Networks', /\bpalo ?alto networks\b|\bPAN-OS\b/i],
  ['FortiGate', /\bfortinet\b|\bforti(gate|gateca|manager)\b/i],
  ['Cisco Umbrella', /\bcisco umbrella\b|\bopendns\b/i],
  ['Cisco Secure Web Appliance', /\bironport\b/i],
  ['Blue Coat (Symantec)', /\bblue ?coat\b/i],
  ['Skyhigh (McAfee)', /\bskyhigh security\b|\bmcafee (web gateway|filter)\b/i],
  ['Forcepoint', /\b(forcepoint|websense)\b/i],
  ['Sophos', /\bsophos\b/i],
  ['Check Point', /\bcheck ?point\b/i],
  ['WatchGuard', /\bwatchguard\b|\bfireware\b/i],
  ['SonicWall', /\bsonicwall\b/i],
  ['Barracuda', /\bbarracuda\b/i],
  ['Cato Networks', /\bcato networks\b/i],
  ['Cloudflare Gateway', /\bgateway ca - cloudflare managed\b/i],
  ['Menlo Security', /\bmenlo security\b/i],
  ['iboss', /\biboss\b/i],
  ['Untangle', /\buntangle\b/i],
  ['Smoothwall', /\bsmoothwall\b/i],
  ['Lightspeed', /\blightspeed (systems|rocket)\b/i],
  ['Kaspersky', /\bkaspersky\b.*\b(anti-virus|personal|root)\b/i],
  ['ESET', /\bESET SSL Filter CA\b/i],
  ['Avast', /\b(avast|avg) (web\/mail shield|antivirus)\b/i],
  ['Bitdefender', /\bbitdefender\b/i],
  ['mitmproxy', /\bmitmproxy\b/i],
  ['Fiddler', /\bDO_NOT_TRUST_FiddlerRoot\b/i],
  ['Squid', /\bsquid(guard)?\b/i],
];

/** The product whose authority signed a chain; undefined when none is known by name. */
export function inspectingProduct(certificates: readonly ObservedCertificate[]): string | undefined {
  const names = certificates
    .flatMap(each => parseDistinguishedName(each.issuer) ?? [])
    .filter(each => each.type === 'CN' || each.type === 'O' || each.type === 'OU')
    .map(each => each.value);
  return PRODUCTS.find(([, mark]) => names.some(name => mark.test(name)))?.[0];
}
