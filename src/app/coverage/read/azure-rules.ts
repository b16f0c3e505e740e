import type { Protocol } from '../../allowlist/catalog/catalog';
import type { Entry, Have, PortRange, Unread } from '../entries/entry';
import { readHostText } from './host-list';
import { readPorts } from './ports';

/** A text of a configuration, and its line where that is known. */
export interface Located {
  readonly text: string;
  readonly line?: number;
}

/** A configuration as plain values, whatever language it was written in. */
export type Value =
  Located | number | readonly Value[] | { readonly fields: Readonly<Record<string, Value>> };

interface Door {
  readonly port?: number | PortRange;
  readonly protocol?: Protocol;
}

/** Names of Azure Firewall's rules in ARM, Bicep, Terraform and the older kinds of rules; case and underscores apart. */
const HOSTS = ['targetfqdns', 'destinationfqdns', 'destinationaddresses'];
const TAGS = [
  'fqdntags',
  'destinationfqdntags',
  'webcategories',
  'targeturls',
  'destinationurls',
  'destinationipgroups',
];

/** Every rule of Azure Firewall within a configuration. Rules that deny are no entries, and said to be none. */
export function azureEntries(value: Value): Have {
  const entries: Entry[] = [];
  const unread: Unread[] = [];
  visit(value, false);
  return { entries, unread };

  function visit(each: Value, isDenied: boolean): void {
    if (isList(each)) {
      for (const item of each) visit(item, isDenied);
      return;
    }
    if (typeof each === 'number' || !('fields' in each)) return;
    const fields = new Map(Object.entries(each.fields).map(([name, field]) => [plain(name), field]));
    const denied =
      isDenied ||
      /deny/i.test(
        textsOf(field(fields, 'action'))
          .map(({ text }) => text)
          .join(),
      );
    for (const name of HOSTS)
      for (const host of textsOf(fields.get(name))) read(host, doorsOf(fields), denied);
    for (const name of TAGS)
      for (const tag of textsOf(fields.get(name)))
        if (tag.text !== '') unread.push({ ...tag, reason: 'elsewhere' });
    for (const inner of Object.values(each.fields)) visit(inner, denied);
  }

  function read(host: Located, doors: readonly Door[], isDenied: boolean): void {
    const entry = /[$%]\{|^\[(?!\[)/.test(host.text)
      ? undefined
      : readHostText(host.text, { bareStar: true });
    const reason = isDenied
      ? 'denies'
      : entry === undefined
        ? 'elsewhere'
        : entry.ok
          ? undefined
          : entry.reason;
    if (reason !== undefined) unread.push({ ...host, reason });
    else if (entry?.ok === true) for (const door of doors) entries.push({ ...entry.entry, ...door, ...host });
  }
}

/** The ports and protocols of a rule; one that names none opens all. */
function doorsOf(fields: ReadonlyMap<string, Value>): readonly Door[] {
  const protocols = [fields.get('protocols'), fields.get('protocol'), fields.get('ipprotocols')].flatMap(
    listOf,
  );
  const named = protocols.flatMap((each): readonly Door[] => {
    if (typeof each === 'number' || isList(each) || !('fields' in each)) return [];
    const own = new Map(Object.entries(each.fields).map(([name, value]) => [plain(name), value]));
    const type = textsOf(own.get('protocoltype') ?? own.get('type'))[0]?.text;
    const port = numberOf(own.get('port'));
    return [door(type, port)];
  });
  if (named.length > 0) return named;
  const types = textsOf(protocols).map(({ text }) => text);
  const ports = listOf(fields.get('destinationports')).map(each =>
    typeof each === 'number' ? String(each) : 'text' in each ? each.text : '',
  );
  return (types.length === 0 ? [undefined] : types).flatMap(type => {
    const [, own, ownPort] = /^([a-z]+):(\d+)$/i.exec(type ?? '') ?? [];
    if (own !== undefined) return [door(own, Number(ownPort))];
    return ports.length === 0 ? [door(type, undefined)] : ports.flatMap(port => portDoors(type, port));
  });
}

/** None for a port that cannot be read: it opens nothing that is known. */
function portDoors(type: string | undefined, text: string): readonly Door[] {
  const ports = readPorts(text);
  if (ports === 'every') return [door(type, undefined)];
  return ports.map(port => door(type, port));
}

function door(type: string | undefined, port: number | PortRange | undefined): Door {
  const protocol = (['https', 'http', 'tcp', 'udp'] as const).find(each => each === type?.toLowerCase());
  return { ...(port === undefined ? {} : { port }), ...(protocol === undefined ? {} : { protocol }) };
}

function field(fields: ReadonlyMap<string, Value>, name: string): Value | undefined {
  const value = fields.get(name);
  if (value === undefined || typeof value === 'number' || isList(value) || !('fields' in value)) return value;
  return Object.entries(value.fields).find(([key]) => plain(key) === 'type')?.[1];
}

function textsOf(value: Value | undefined): readonly Located[] {
  return listOf(value).filter((each): each is Located => typeof each === 'object' && 'text' in each);
}

function numberOf(value: Value | undefined): number | undefined {
  if (typeof value === 'number') return value;
  const text = textsOf(value)[0]?.text ?? '';
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

function listOf(value: Value | undefined): readonly Value[] {
  return value === undefined ? [] : isList(value) ? value : [value];
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function plain(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}
