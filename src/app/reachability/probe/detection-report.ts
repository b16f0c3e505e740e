/** A name that automatic detection asks for. */
export interface DetectionName {
  readonly host: string;
  /** `absent`: the name server said that there is none. `unclear`: nobody said anything that can be relied on. */
  readonly state: 'resolves' | 'absent' | 'unclear';
}

/** What a node knows of the script that automatic detection (WPAD) would find. */
export interface Detection {
  /** The address that DHCP gave; '' for none, undefined where that cannot be told. */
  readonly dhcp?: string;
  /** In the order in which they are asked for. */
  readonly names: readonly DetectionName[];
}

const MAX_REPORT = 20_000;
const MAX_NAMES = 20;
/** Errors of Resolve-DnsName by which a name does not exist, or has no address. */
const ABSENT = /^(?:DNS_ERROR_RCODE_NAME_ERROR|DNS_INFO_NO_RECORDS)$/;

/** The text of `Find-ProxyScript.ps1`; undefined when it is none. Never throws: texts come from nodes. */
export function readDetection(value: unknown): Detection | undefined {
  if (typeof value !== 'string' || value.length > MAX_REPORT) return undefined;
  const [head = '', ...lines] = value.split('\n').map(line => line.replace(/\r$/, ''));
  const [key, dhcp, ...more] = head.split('\t');
  if (key !== 'D' || dhcp === undefined || more.length > 0) return undefined;
  const names = lines.slice(0, MAX_NAMES).flatMap((line): readonly DetectionName[] => {
    const [mark, host = '', code, addresses] = line.split('\t');
    if (mark !== 'W' || addresses === undefined || !/^wpad[A-Za-z0-9._-]{0,250}$/.test(host)) return [];
    const state = addresses !== '' ? 'resolves' : ABSENT.test(code ?? '') ? 'absent' : 'unclear';
    return [{ host, state }];
  });
  return { ...(dhcp !== 'unread' && { dhcp: dhcp === 'none' ? '' : dhcp.slice(0, 2000) }), names };
}

/** What keeps it from being known: the lease of DHCP, or a name server; undefined: neither does. */
export function gapOf({ dhcp, names }: Detection): 'dhcp-unread' | 'name-unclear' | undefined {
  if (dhcp === undefined) return 'dhcp-unread';
  return names.length === 0 || names.some(({ state }) => state === 'unclear') ? 'name-unclear' : undefined;
}

/** What automatic detection finds, as far as it shows without fetching anything. */
export function foundIn(detection: Detection | undefined): 'nothing' | ReturnType<typeof gapOf> {
  if (detection === undefined) return undefined;
  const { dhcp, names } = detection;
  const hasPlace = (dhcp !== undefined && dhcp !== '') || names.some(({ state }) => state === 'resolves');
  return hasPlace ? undefined : (gapOf(detection) ?? 'nothing');
}
