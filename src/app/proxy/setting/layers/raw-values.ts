/**
 * The registry values that a change of the proxy can touch, by the names that `Get-ProxySetting.ps1` gives them.
 * Places: reference of WinINet's store in MicrosoftDocs/azure-stack-docs, azure-stack/hci/manage/configure-proxy-settings.md
 * (1810d08a), and forderud/WindowsClientAuth, ProxyConfig/WinINetConfig.cpp (74608acf).
 */
export const VALUE_IDS = [
  'policy',
  'machine.default',
  'machine.legacy',
  'machine.migrate',
  'winhttp',
  'winhttp32',
  'env.HTTP_PROXY',
  'env.HTTPS_PROXY',
  'env.NO_PROXY',
  'user.default',
  'user.legacy',
  'user.migrate',
] as const;
export type ValueId = (typeof VALUE_IDS)[number];

const INTERNET_SETTINGS = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const ENVIRONMENT = 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment';

/** Key and name of each value, as PowerShell's registry drives spell them. */
export const VALUE_PLACES: Readonly<Record<ValueId, readonly [key: string, name: string]>> = {
  policy: [
    'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings',
    'ProxySettingsPerUser',
  ],
  'machine.default': [`HKLM:\\${INTERNET_SETTINGS}\\Connections`, 'DefaultConnectionSettings'],
  'machine.legacy': [`HKLM:\\${INTERNET_SETTINGS}\\Connections`, 'SavedLegacySettings'],
  'machine.migrate': [`HKLM:\\${INTERNET_SETTINGS}`, 'MigrateProxy'],
  winhttp: [`HKLM:\\${INTERNET_SETTINGS}\\Connections`, 'WinHttpSettings'],
  winhttp32: [
    'HKLM:\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections',
    'WinHttpSettings',
  ],
  'env.HTTP_PROXY': [ENVIRONMENT, 'HTTP_PROXY'],
  'env.HTTPS_PROXY': [ENVIRONMENT, 'HTTPS_PROXY'],
  'env.NO_PROXY': [ENVIRONMENT, 'NO_PROXY'],
  'user.default': [`HKCU:\\${INTERNET_SETTINGS}\\Connections`, 'DefaultConnectionSettings'],
  'user.legacy': [`HKCU:\\${INTERNET_SETTINGS}\\Connections`, 'SavedLegacySettings'],
  'user.migrate': [`HKCU:\\${INTERNET_SETTINGS}`, 'MigrateProxy'],
};

/**
 * A value as it is stored, to the byte: `absent`, or its registry kind and data with `|` between – bytes in hexadecimal
 * (`Binary|4600…`), numbers in decimal (`DWord|0`), texts as they are (`String|…`, `ExpandString|…`). Two are equal when
 * the texts are. `Other|REG_NONE 00` is one that a node cannot put back as it was: it is compared, and never written.
 */
export type RawValue = string;
export const ABSENT: RawValue = 'absent';

export type RawValues = Readonly<Record<ValueId, RawValue>>;

/** What is in a value: its kind (`` for an absent one) and data. */
export function partsOf(value: RawValue): { readonly kind: string; readonly data: string } {
  const bar = value.indexOf('|');
  return bar < 0 ? { kind: '', data: '' } : { kind: value.slice(0, bar), data: value.slice(bar + 1) };
}

/**
 * Makes values of lines `id=value`, which are not trusted. Undefined unless every value is there once, none beside them,
 * and each as a node tells it: a way back with less, or with what the node refuses half-way, is none.
 */
export function parseRawValues(lines: unknown): RawValues | undefined {
  if (!Array.isArray(lines) || lines.length !== VALUE_IDS.length) return undefined;
  const found = new Map<string, RawValue>();
  for (const line of lines as readonly unknown[]) {
    if (typeof line !== 'string') return undefined;
    const sign = line.indexOf('=');
    const value = line.slice(sign + 1);
    if (!isRawValue(value)) return undefined;
    found.set(line.slice(0, sign), value);
  }
  if (!VALUE_IDS.every(id => found.has(id))) return undefined;
  return Object.fromEntries(VALUE_IDS.map(id => [id, found.get(id) ?? ABSENT])) as Record<ValueId, RawValue>;
}

/** How values' names are spelled, where that is not the tool's way: Windows keeps it, and takes both for the same. */
export type SpelledNames = Readonly<Partial<Record<ValueId, string>>>;

/** Makes names of lines `id=name`, which are not trusted; undefined when none is another than the tool's. */
export function parseSpelledNames(lines: unknown): SpelledNames | undefined {
  const list: readonly unknown[] = Array.isArray(lines) ? lines : [];
  const found = VALUE_IDS.flatMap(id => {
    const [, name] = VALUE_PLACES[id];
    const line = list.find(each => typeof each === 'string' && each.startsWith(`${id}=`));
    const spelled = typeof line === 'string' ? line.slice(id.length + 1) : name;
    return spelled !== name && spelled.toLowerCase() === name.toLowerCase() ? [[id, spelled] as const] : [];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** Whether a text stands for a value as a registry can hold it; `shared/ProxyChange.ps1` holds the same rule on the node. */
function isRawValue(value: string): value is RawValue {
  if (value === ABSENT) return true;
  const { kind, data } = partsOf(value);
  switch (kind) {
    case 'Binary':
      return /^(?:[0-9a-f]{2})*$/.test(data);
    case 'DWord':
      return isWhole(data, 32);
    case 'QWord':
      return isWhole(data, 64);
    case 'String':
    case 'ExpandString':
    case 'MultiString':
      // The registry ends a text there.
      return !data.includes('\0');
    case 'Other':
      return /^[^\0-\x1f]*$/.test(data);
    default:
      return false;
  }
}

/** Whether a node could not put the value back as it was: of a kind, or with a text, that its scripts cannot write. */
export function isOther(value: RawValue): boolean {
  return partsOf(value).kind === 'Other';
}

/** As Windows names it, or as the scripts do; '' for an absent one. */
export function kindOf(value: RawValue): string {
  const { kind, data } = partsOf(value);
  return kind === 'Other' ? (data.split(' ', 1)[0] ?? '') : kind;
}

/** Written in the one way in which numbers are read, and within so many bits with a sign. */
function isWhole(text: string, bits: number): boolean {
  if (!/^(?:0|-?[1-9]\d{0,18})$/.test(text)) return false;
  const value = BigInt(text);
  return BigInt.asIntN(bits, value) === value;
}

/** Lines `id=value` for the node; without `ids` all of them. */
export function rawLines(values: Partial<RawValues>, ids: readonly ValueId[] = VALUE_IDS): readonly string[] {
  return ids.flatMap(id => (values[id] === undefined ? [] : [`${id}=${values[id]}`]));
}

/** The values in which two states are not the same, to the byte. */
export function changedIds(a: RawValues, b: RawValues): readonly ValueId[] {
  return VALUE_IDS.filter(id => a[id] !== b[id]);
}

/** Values that belong to the account which runs the scripts, not to the machine. */
export function isAccountValue(id: ValueId): boolean {
  return id.startsWith('user.');
}
