/** What a node finds for a name. */
export interface FoundName {
  /** In lower case. */
  readonly host: string;
  /** IPv4 and IPv6; empty where it found none. */
  readonly addresses: readonly string[];
}

const MAX_REPORT = 60_000;
const MAX_ADDRESSES = 100;

/** One text of `Resolve-EndpointName.ps1`, read. Of a class, so that nothing that a node writes can pass for it. */
export class NameReport {
  private constructor(
    /** The node's name servers; undefined in a text about names. */
    readonly resolvers: readonly string[] | undefined,
    readonly names: readonly FoundName[],
  ) {}

  /** Undefined when the text is none. Never throws: texts come from nodes. */
  static read(value: unknown): NameReport | undefined {
    if (typeof value !== 'string' || value.length > MAX_REPORT) return undefined;
    if (/^S\t[^\t\n]*$/.test(value)) return new NameReport(addressesIn(value.slice(2)), []);
    const names = value.split('\n').flatMap((line): readonly FoundName[] => {
      const [key, host = '', , addresses, ...more] = line.replace(/\r$/, '').split('\t');
      return key === 'R' &&
        addresses !== undefined &&
        more.length === 0 &&
        /^[A-Za-z0-9._-]{1,255}$/.test(host)
        ? [{ host: host.toLowerCase(), addresses: addressesIn(addresses) }]
        : [];
    });
    return names.length === 0 ? undefined : new NameReport(undefined, names);
  }
}

function addressesIn(list: string): readonly string[] {
  const addresses = list.split(',').filter(address => /^[0-9a-f.:]{2,45}(%\w{1,20})?$/i.test(address));
  return [...new Set(addresses)].slice(0, MAX_ADDRESSES);
}
