import type { Protocol } from '../../../allowlist/catalog/catalog';
import type { Denial, Entry, Have, HostPattern, PortRange, Unread } from '../../entries/entry';
import { readHostText } from '../host-list';
import { isPort, readPorts } from '../ports';
import { inOrder, type Order, type Ordered } from './rule-order';

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
const APPLICATION_NAMES = 'targetfqdns';
const NAMES = [APPLICATION_NAMES, 'destinationfqdns'];
const ADDRESSES = 'destinationaddresses';
const TAGS = [
  'fqdntags',
  'destinationfqdntags',
  'webcategories',
  'targeturls',
  'destinationurls',
  'destinationipgroups',
];
const SOURCES = ['sourceaddresses', 'sourceipgroups'];
/** Rules that translate addresses let nothing out; azurerm names their blocks. */
const TRANSLATION = /^(?:nat_?rule(?:_?collection)?s?)$/i;

/** Fields that hold rules. */
const HOLDERS = [
  ...['rules', 'rule', 'rulecollections', 'properties', 'resources'],
  ...['applicationrulecollections', 'networkrulecollections', 'applicationrulecollection'],
  ...['networkrulecollection', 'rulecollectiongroups'],
];

/** What the rules around a place say. */
interface Around {
  readonly action: 'allow' | 'deny' | 'unknown';
  readonly priorities: Order['priorities'];
}

/** Every rule of Azure Firewall within a configuration. Rules that deny are no entries, and said to be none. */
export function azureEntries(value: Value): Have {
  const entries: Ordered<Entry>[] = [];
  const denials: Ordered<Denial>[] = [];
  const unread: Unread[] = [];
  visit(value, { action: 'allow', priorities: [] });
  return { ...inOrder(entries, denials), unread };

  function visit(each: Value, around: Around): void {
    if (isList(each)) {
      for (const item of each) visit(item, around);
      return;
    }
    if (typeof each === 'number' || !('fields' in each)) return;
    const fields = new Map(Object.entries(each.fields).map(([name, field]) => [plain(name), field]));
    const here = {
      action: within(around, fields),
      priorities: [...around.priorities, ...priorityOf(fields)],
    };
    const hosts = NAMES.flatMap(name => textsOf(fields.get(name)));
    const tags = TAGS.flatMap(name => textsOf(fields.get(name))).filter(({ text }) => text !== '');
    // Beside names, addresses narrow nothing down and open nothing.
    const addresses = hosts.length + tags.length > 0 ? [] : textsOf(fields.get(ADDRESSES));
    if (hosts.length + addresses.length > 0) {
      const doors = doorsOf(fields);
      const layer = fields.has(APPLICATION_NAMES) ? 'application' : 'network';
      const rule = { ...here, ...doors, layer, sources: sourcesOf(fields) } as const;
      for (const host of hosts) read(host, rule);
      for (const host of addresses) read(host, { ...rule, isAddress: true });
    }
    for (const tag of tags)
      unread.push({ ...tag, reason: here.action === 'deny' ? 'may-deny' : 'elsewhere' });
    for (const [name, inner] of Object.entries(each.fields))
      if (HOLDERS.includes(plain(name)))
        for (const holder of textsOf(inner).filter(({ text }) => isExpression(text)))
          unread.push({ ...holder, reason: 'elsewhere' });
    for (const [name, inner] of Object.entries(each.fields))
      if (name === 'dynamic') visit(inner, { ...here, action: here.action === 'deny' ? 'deny' : 'unknown' });
      else if (TRANSLATION.test(name)) leaveTranslation(inner);
      else visit(inner, here);
  }

  function leaveTranslation(inner: Value): void {
    for (const { text, line } of textsWithin(inner).slice(0, 1))
      unread.push({ text, ...(line === undefined ? {} : { line }), reason: 'condition' });
  }

  function read(
    host: Located,
    rule: Around & Doors & Order & { readonly sources: string | undefined; readonly isAddress?: true },
  ): void {
    const entry = isExpression(host.text)
      ? undefined
      : readHostText(host.text, { bareStar: true, words: true });
    const isTag = rule.isAddress === true && entry?.ok === true && isName(entry.entry.pattern);
    if (rule.action !== 'allow')
      unread.push({ ...host, reason: refusal(rule.action, entry?.ok === true && !isTag) });
    else if (
      entry === undefined ||
      isTag ||
      (rule.isAddress === true && !entry.ok && entry.reason === 'no-host')
    )
      return void unread.push({ ...host, reason: 'elsewhere' });
    else if (!entry.ok) return void unread.push({ ...host, reason: entry.reason });
    if (rule.odd !== undefined) unread.push({ ...host, reason: rule.odd });
    if (entry?.ok !== true || rule.action === 'unknown') return;
    const sources = rule.sources === undefined ? {} : { sources: rule.sources };
    for (const door of rule.action === 'deny' && rule.odd !== undefined ? [{}] : rule.doors) {
      const made = { ...entry.entry, ...door, ...host };
      const order = { layer: rule.layer, priorities: rule.priorities };
      if (rule.action === 'deny') denials.push({ rule: { ...made, after: entries.length }, order });
      else entries.push({ rule: { ...made, ...sources }, order });
    }
  }
}

function refusal(action: Around['action'], isCompared: boolean): Unread['reason'] {
  if (action !== 'deny') return 'condition';
  return isCompared ? 'denies' : 'may-deny';
}

/** What stands within a rule that denies, or one that may not be there, does too. */
function within(around: Around, fields: ReadonlyMap<string, Value>): Around['action'] {
  const own = isCertain(fields) ? actionOf(fields) : 'unknown';
  if (around.action === 'deny' || own === 'deny') return 'deny';
  return around.action === 'unknown' ? 'unknown' : (own ?? 'allow');
}

function priorityOf(fields: ReadonlyMap<string, Value>): readonly number[] {
  const value = fields.get('priority');
  return value === undefined ? [] : [numberOf(value) ?? Number.NaN];
}

/** Whether the thing is there at all: ARM's condition and copy, Bicep's `if` and `for`, Terraform's count and for_each. */
function isCertain(fields: ReadonlyMap<string, Value>): boolean {
  const count = fields.get('count');
  const isCounted = count === undefined || (typeof count === 'number' && count > 0);
  return isCounted && !['condition', 'copy', 'foreach'].some(name => fields.has(name));
}

/** Undefined where nothing is said of it. */
function actionOf(fields: ReadonlyMap<string, Value>): Around['action'] | undefined {
  const texts = textsOf(field(fields, 'action')).map(({ text }) => text.toLowerCase());
  if (texts.length === 0) return undefined;
  if (texts.every(text => text === 'allow')) return 'allow';
  return texts.every(text => text === 'deny') ? 'deny' : 'unknown';
}

function sourcesOf(fields: ReadonlyMap<string, Value>): string | undefined {
  const texts = SOURCES.flatMap(name => textsOf(fields.get(name))).map(({ text }) => text);
  return texts.length === 0 || texts.includes('*') ? undefined : texts.join(' ');
}

interface Doors {
  readonly doors: readonly Door[];
  /** Why not all of what is said there could be read. */
  readonly odd?: 'port' | 'elsewhere';
}

/** The ports and protocols of a rule; one that names none opens all. What cannot be read opens nothing. */
function doorsOf(fields: ReadonlyMap<string, Value>): Doors {
  const protocols = [fields.get('protocols'), fields.get('protocol'), fields.get('ipprotocols')].flatMap(
    listOf,
  );
  const ports = listOf(fields.get('destinationports')).map(each =>
    typeof each === 'number' ? String(each) : !isList(each) && 'text' in each ? each.text : '',
  );
  if ([...textsOf(protocols).map(({ text }) => text), ...ports].some(isExpression))
    return { doors: [], odd: 'elsewhere' };
  const named = protocols.flatMap((each): readonly (Door | undefined)[] => {
    if (typeof each === 'number' || isList(each) || !('fields' in each)) return [];
    const own = new Map(Object.entries(each.fields).map(([name, value]) => [plain(name), value]));
    const type = textsOf(own.get('protocoltype') ?? own.get('type'))[0]?.text;
    const port = own.get('port');
    return [door(type, port === undefined ? undefined : (numberOf(port) ?? 0))];
  });
  if (named.length > 0) return doorsFrom(named);
  const types = textsOf(protocols).map(({ text }) => text);
  return doorsFrom(
    (types.length === 0 ? [undefined] : types).flatMap(type => {
      const [, own, ownPort] = /^([a-z]+):(\d+)$/i.exec(type ?? '') ?? [];
      if (own !== undefined) return [door(own, Number(ownPort))];
      return ports.length === 0 ? [door(type, undefined)] : ports.flatMap(port => portDoors(type, port));
    }),
  );
}

function doorsFrom(doors: readonly (Door | undefined)[]): Doors {
  const known = doors.filter(each => each !== undefined);
  return { doors: known, ...(known.length < doors.length ? { odd: 'port' as const } : {}) };
}

function portDoors(type: string | undefined, text: string): readonly (Door | undefined)[] {
  const { ports, udp, odd } = readPorts(text);
  return [...ports.map(port => door(type, port)), ...(odd || udp.length > 0 ? [undefined] : [])];
}

/** Undefined where the port is none, or the protocol is not one that a list can ask for. */
function door(type: string | undefined, port: number | PortRange | undefined): Door | undefined {
  if (typeof port === 'number' && !isPort(port)) return undefined;
  const name = type?.toLowerCase();
  const protocol = (['https', 'http', 'tcp', 'udp'] as const).find(each => each === name);
  if (protocol === undefined && name !== undefined && name !== 'any' && name !== '*') return undefined;
  return { ...(port === undefined ? {} : { port }), ...(protocol === undefined ? {} : { protocol }) };
}

/** Puts in place of a variable's name what the same file says it is; as it stands where it does not say. */
export function withVariables(value: Value, meant: (text: string) => Value | undefined, depth = 0): Value {
  if (typeof value === 'number') return value;
  if (isList(value))
    return value.flatMap(each => {
      const found = withVariables(each, meant, depth);
      return isList(found) && !isList(each) ? found : [found];
    });
  if ('text' in value) {
    const found = depth < 4 ? meant(value.text) : undefined;
    return found === undefined ? value : withVariables(found, meant, depth + 1);
  }
  return {
    fields: Object.fromEntries(
      Object.entries(value.fields).map(([name, field]) => [name, withVariables(field, meant, depth)]),
    ),
  };
}

/** A parameter, a variable, or a call: what it says is not in the file. */
function isExpression(text: string): boolean {
  return /[$%]\{|^\[(?!\[)/.test(text);
}

/** Where only addresses stand, a name is a service tag. */
function isName(pattern: HostPattern): boolean {
  return pattern.kind !== 'all' && !(pattern.kind === 'exact' && /^[\d.]+$/.test(pattern.name));
}

function textsWithin(value: Value): readonly Located[] {
  if (typeof value === 'number') return [];
  if (isList(value)) return value.flatMap(textsWithin);
  return 'text' in value ? [value] : Object.values(value.fields).flatMap(textsWithin);
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
