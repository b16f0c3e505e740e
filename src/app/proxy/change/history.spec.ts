import { machineWide, NOTHING } from '../../../../test/jest/proxy-model/model-node';
import { writeConnection } from '../setting/layers/blobs';
import { ABSENT, type RawValues, rawLines } from '../setting/layers/raw-values';
import { parseProxySetting, type ProxySetting } from '../setting/proxy-setting';
import { driftOf } from './drift';
import { cutOff, historyOf, nextNumber, type NodeSetting, recordOf } from './history';
import { noteFor, NO_EXTRAS, summaryOf } from './order';

interface Kept {
  readonly id: string;
  readonly when?: string;
  readonly number?: number;
  readonly format?: number;
  readonly note: object;
  readonly values?: RawValues;
  readonly outcome?: string;
  readonly cutOff?: boolean;
}

/** A node by what it keeps and holds. */
function seen(name: string, values: RawValues, ...kept: readonly Kept[]): NodeSetting {
  const machine = values.policy === 'DWord|0';
  const setting = parseProxySetting({
    machineWide: machine,
    perUserPolicy: machine ? 0 : null,
    server: '',
    bypass: [],
    readable: true,
    values: rawLines(values),
    account: 'CONTOSO\\admin',
    changes: kept.map(each => ({
      id: each.id,
      ...(each.number !== undefined && { number: each.number }),
      begun: true,
      ended: true,
      cutOff: each.cutOff ?? false,
      snapshot: JSON.stringify({
        ...(each.format !== undefined && { format: each.format }),
        when: each.when ?? `2026-11-26T10:00:${each.id.slice(13, 15)}Z`,
        who: 'CONTOSO\\admin',
        note: JSON.stringify(each.note),
        values: rawLines(each.values ?? NOTHING),
      }),
      outcome: each.outcome === undefined ? '' : JSON.stringify({ outcome: each.outcome }),
    })),
  });
  if (setting === undefined) throw new Error('no setting');
  return { node: { name, fqdn: name, state: 'up' }, setting: inForce(setting, values) };
}

function inForce(setting: ProxySetting, values: RawValues): ProxySetting {
  const { layers } = setting.node ?? {};
  const layer = values.policy === 'DWord|0' ? layers?.machine : layers?.account;
  return {
    ...setting,
    server: layer?.server ?? '',
    bypass: (layer?.bypass ?? '').split(';').filter(Boolean),
  };
}

const id = (second: number, tail = 'aaaaaa') => `20261126T1000${String(second).padStart(2, '0')}Z-${tail}`;
const SET = { kind: 'set', change: 'c1', from: '', to: 'new:1', server: 'new:1', bypass: ['a', 'b'] };
const WINHTTP = (server: string): string =>
  writeConnection({ flags: 3, server, bypass: 'a;b', pacUrl: '' }, ABSENT);
const driftText = (settings: readonly NodeSetting[]) =>
  driftOf(settings).map(
    ({ node, why, differences }) => `${node.name}: ${[why, ...differences].filter(Boolean).join()}`,
  );

describe('driftOf', () => {
  const applied = { id: id(1), note: SET, outcome: 'applied' } as const;

  it('names nodes that were down at the time, or were changed since, and nobody else', () => {
    expect(
      driftText([
        seen('same', machineWide('new:1'), applied),
        seen('down-then', NOTHING),
        seen('changed', machineWide('old:1'), applied),
      ]),
    ).toEqual(['down-then: not-reached', 'changed: server']);
  });

  it('sees WinHTTP and the environment where the change went there', () => {
    const note = { ...SET, winHttp: true, environment: true };
    const values = {
      ...machineWide('new:1'),
      winhttp: WINHTTP('new:1'),
      'env.HTTP_PROXY': 'String|http://new:1',
      'env.HTTPS_PROXY': 'String|http://new:1',
      'env.NO_PROXY': 'String|a,b',
    };
    const change = { id: id(1), note, outcome: 'applied' };
    expect(
      driftText([
        seen('same', values, change),
        seen('winhttp', { ...values, winhttp: ABSENT }, change),
        seen('environment', { ...values, 'env.NO_PROXY': ABSENT }, change),
      ]),
    ).toEqual(['winhttp: winhttp', 'environment: environment']);
    // Layers that a change left alone are held to what they were then.
    const alone = { ...applied, values };
    expect(
      driftText([
        seen('same', values, alone),
        seen('winhttp', { ...values, winhttp: ABSENT }, alone),
        seen('environment', { ...values, 'env.NO_PROXY': ABSENT }, alone),
      ]),
    ).toEqual(['winhttp: winhttp-since', 'environment: environment-since']);
  });

  it("holds the Arc agent to what it held when the change was made, and says nothing where it wasn't there", () => {
    const agent = { proxyUrl: 'http://old:1', proxyBypass: '', connectionType: 'proxy' };
    const change = { ...applied, note: { ...SET, agent } };
    const has = (own: object | undefined, name: string): NodeSetting => {
      const { node, setting } = seen(name, machineWide('new:1'), change);
      return { node, setting: { ...setting, ...(own && { agent: { ...agent, ...own } }) } };
    };
    expect(
      driftText([
        has({}, 'same'),
        has({ proxyUrl: '' }, 'url'),
        has({ proxyBypass: 'Arc' }, 'bypass'),
        has({ connectionType: 'direct' }, 'type'),
        has(undefined, 'gone'),
        { ...has({}, 'unread'), setting: { ...has({}, 'unread').setting, agent: { unread: 'blocked' } } },
      ]),
    ).toEqual(['url: agent-since', 'bypass: agent-since', 'type: agent-since']);
  });

  it('says nothing of an agent that could not be asked when the change was made', () => {
    const change = { ...applied, note: { ...SET, agent: { unread: 'blocked' } } };
    const { node, setting } = seen('a', machineWide('new:1'), change);
    expect(setting.node?.records[0]?.note?.agent).toEqual({ unread: 'blocked' });
    const agent = { proxyUrl: 'http://p:1', proxyBypass: '', connectionType: '' };
    expect(driftText([{ node, setting: { ...setting, agent } }])).toEqual([]);
    expect(
      noteFor({ kind: 'remove', extras: NO_EXTRAS }, 'remove', id(1), { ...setting, agent }),
    ).toMatchObject({ agent });
  });

  it('holds nodes to the state that they were given back', () => {
    const back = { kind: 'put-back', change: 'c2', from: 'new:1', to: 'old:1', target: 'c1' };
    const records = [
      { id: id(1), note: SET, values: machineWide('old:1'), outcome: 'applied' },
      { id: id(2), note: back, values: machineWide('new:1'), outcome: 'applied' },
    ];
    expect(
      driftText([
        seen('same', machineWide('old:1'), ...records),
        seen('since', machineWide('third:1'), ...records),
        // Down when the others went back: it knows of the first change only.
        seen('left', machineWide('new:1'), records[0] as Kept),
        seen('never', machineWide('other:1')),
      ]),
    ).toEqual(['since: not-as-before', 'left: not-reached']);
  });

  it('goes by a change whose page was gone before it noted the end, and names nodes that it did not come to', () => {
    const removed = {
      id: id(1),
      note: { kind: 'remove', change: 'c0', from: '', to: '' },
      outcome: 'applied',
    };
    const interrupted = { id: id(2), note: SET };
    expect(
      driftText([
        seen('reached', machineWide('new:1'), removed, interrupted),
        seen('not-reached', NOTHING, removed),
      ]),
    ).toEqual(['not-reached: not-reached']);
    // What it left half done is no measure for the others.
    expect(
      driftText([
        seen('cut', NOTHING, removed, { ...interrupted, cutOff: true }),
        seen('b', NOTHING, removed),
      ]),
    ).toEqual([]);
  });

  it('says how a node came to be otherwise, where its records show it', () => {
    const of = (outcome: string | undefined, more: Partial<Kept> = {}): Kept => ({
      id: id(1),
      note: SET,
      values: machineWide('old:1'),
      ...(outcome !== undefined && { outcome }),
      ...more,
    });
    const later = { ...SET, change: 'c2', server: 'wrong:1' };
    const half = { ...machineWide('new:1'), policy: ABSENT };
    expect(
      driftText([
        seen('good', machineWide('new:1'), applied),
        seen('back', machineWide('old:1'), of('rolled-back')),
        // Whoever wrote it since, it was not the roll-back.
        seen('back-and-since', machineWide('third:1'), of('rolled-back')),
        seen('failed', machineWide('third:1'), of('failed')),
        seen('failed-at-once', machineWide('old:1'), of('failed')),
        seen('killed', half, of(undefined, { cutOff: true })),
        seen('killed-at-once', machineWide('old:1'), of(undefined, { cutOff: true })),
        seen('no-note', machineWide('old:1'), of(undefined)),
        seen('later', half, applied, of('failed', { id: id(2), note: later, values: machineWide('new:1') })),
        seen('not-then-later', half, of('failed', { id: id(2), note: later, values: machineWide('new:1') })),
      ]),
    ).toEqual([
      'back: rolled-back',
      'back-and-since: server',
      'failed: failed,server',
      'failed-at-once: as-before',
      'killed: cut-off,not-machine-wide,server,bypass',
      'killed-at-once: as-before',
      'no-note: as-before',
      'later: later,not-machine-wide,server,bypass',
      'not-then-later: later,not-machine-wide,server,bypass',
    ]);
  });

  it('claims nothing of the records of a node that did not tell them', () => {
    const { node, setting } = seen('untold', NOTHING);
    const { node: told, ...bare } = setting;
    expect(told?.records).toEqual([]);
    expect(driftText([seen('good', machineWide('new:1'), applied), { node, setting: bare }])).toEqual([
      'untold: not-machine-wide,server,bypass',
    ]);
  });

  it('leaves nodes behind Arc gateway out of changes that are not theirs', () => {
    const gateway = machineWide('http=http://fw:8080;https=http://localhost:40343');
    expect(driftText([seen('a', machineWide('new:1'), applied), seen('gateway', gateway)])).toEqual([]);
  });
});

describe('historyOf', () => {
  it('goes by the clocks of the nodes, whatever the browsers’ clocks said', () => {
    // The second administrator's computer is an hour behind, so that its id sorts first.
    const first = {
      id: id(30, 'first0'),
      when: '2026-11-26T10:00:01Z',
      note: { ...SET, change: id(30, 'first0') },
    };
    const second = {
      id: id(5, 'second'),
      when: '2026-11-26T10:10:00Z',
      note: { ...SET, change: id(5, 'second') },
    };
    const settings = [seen('a', NOTHING, first, second)];
    expect(historyOf(settings).map(({ change }) => change)).toEqual([id(5, 'second'), id(30, 'first0')]);
    expect(settings[0]?.setting.node?.records.at(-1)?.id).toBe(first.id);
  });

  const changesOf = (settings: readonly NodeSetting[]) => historyOf(settings).map(({ change }) => change);
  const at = (hour: number) => `2026-11-26T${String(hour).padStart(2, '0')}:00:00Z`;
  const change = (name: string, when: string, number?: number) => ({
    id: id(0, name.padEnd(6, '0')),
    when,
    ...(number !== undefined && { number }),
    note: { ...SET, change: name },
    outcome: 'applied',
  });

  it('goes by the running number where a node’s clock was set back or forward', () => {
    const back = [change('c1', at(12), 1), change('c2', at(3), 2), change('c3', at(4), 3)];
    expect(changesOf([seen('a', NOTHING, ...back)])).toEqual(['c3', 'c2', 'c1']);
    const forward = [
      change('c1', at(12), 1),
      change('c2', '2036-01-01T00:00:00Z', 2),
      change('c3', at(13), 3),
    ];
    const node = seen('a', NOTHING, ...forward);
    expect(changesOf([node])).toEqual(['c3', 'c2', 'c1']);
    expect(node.setting.node?.records[0]?.note?.change).toBe('c3');
  });

  it('goes by the number across nodes without a common change, and by each node’s own order before all', () => {
    // The clock of the first node is a year ahead.
    const ahead = seen('a', NOTHING, change('c1', '2027-11-26T00:00:00Z', 1));
    expect(changesOf([ahead, seen('b', NOTHING, change('c2', at(10), 2))])).toEqual(['c2', 'c1']);
    // Nobody knew of the other node's numbers when these were given.
    const [a, b] = [
      seen('a', NOTHING, change('c1', at(9), 1), change('c2', at(10), 2)),
      seen('b', NOTHING, change('c0', at(8), 40), change('c1', at(9), 41)),
    ];
    expect(changesOf([a, b])).toEqual(['c2', 'c1', 'c0']);
    expect(changesOf([b, a])).toEqual(['c2', 'c1', 'c0']);
  });

  it('reads what earlier versions kept as before, and after what is numbered', () => {
    const old = [change('c1', at(8)), change('c2', at(9))];
    expect(changesOf([seen('a', NOTHING, ...old)])).toEqual(['c2', 'c1']);
    // A gateway with an earlier version went on after one with this.
    const numbered = [change('c1', at(8), 1), change('c2', at(9), 2), change('c3', at(20), 3)];
    expect(changesOf([seen('a', NOTHING, change('c4', at(11)), ...numbered)])).toEqual([
      'c4',
      'c3',
      'c2',
      'c1',
    ]);
  });

  it('takes the last change for drift, and the state before it, after a clock was set back', () => {
    const records = [
      { ...change('c1', at(12), 1), values: machineWide('old:1') },
      {
        ...change('c2', at(3), 2),
        note: { ...SET, change: 'c2', server: 'new:2' },
        values: machineWide('new:1'),
      },
    ];
    const node = seen('a', machineWide('new:2'), ...records);
    expect(driftText([node])).toEqual([]);
    expect(recordOf(node.setting, 'c2')?.values).toEqual(machineWide('new:1'));
    expect(driftText([seen('a', machineWide('new:1'), ...records)])).toEqual(['a: server']);
    expect(nextNumber([node.setting])).toBe(3);
  });

  it('holds nothing against a node by a change that a later version of the tool made', () => {
    const later = { ...change('c2', at(11), 2), format: 3 };
    const node = seen('a', NOTHING, change('c1', at(10), 1), later);
    expect(historyOf([node])[0]?.nodes[0]?.record).toMatchObject({ trouble: 'newer' });
    expect(driftText([node])).toEqual([]);
  });
});

describe('cutOff', () => {
  it('names nodes whose last command was killed, until another one ended', () => {
    const killed = { id: id(1), note: SET, cutOff: true };
    expect(cutOff([seen('a', NOTHING, killed)]).map(({ name }) => name)).toEqual(['a']);
    expect(cutOff([seen('a', NOTHING, killed, { id: id(2), note: SET })])).toEqual([]);
  });
});

describe('what a change notes of the time before it', () => {
  const blob = (flags: number) =>
    writeConnection({ flags, server: 'old:1', bypass: '', pacUrl: 'http://w/p.pac' }, ABSENT);
  const wide = (flags: number): RawValues => ({
    ...NOTHING,
    policy: 'DWord|0',
    'machine.default': blob(flags),
    winhttp: writeConnection({ flags: 1, server: 'win:1', bypass: '', pacUrl: '' }, ABSENT),
  });

  it.each([
    // What is stored beside a flag that is off was no proxy.
    [wide(1), ''],
    [wide(3), 'old:1'],
    [wide(5), 'http://w/p.pac'],
    [wide(9), 'WPAD'],
    [{ ...wide(9), policy: ABSENT }, ''],
    [{ ...wide(3), 'machine.default': 'Binary|01' }, '?'],
    [{ ...NOTHING, winhttp: WINHTTP('win:2') }, 'WinHTTP win:2'],
  ])('%#', (values, text) => {
    expect(summaryOf(values)).toBe(text);
  });

  it('is told of no node whose copy could not be read', () => {
    const settings = (note: object) => [
      seen('a', NOTHING, { id: id(1), note: {} }),
      seen('b', NOTHING, { id: id(1), note }),
    ];
    const [unread] = historyOf(settings({}));
    expect([unread?.from, unread?.kind]).toEqual([[], undefined]);
    const note = noteFor({ kind: 'remove', extras: NO_EXTRAS }, 'remove', id(1), seen('a', NOTHING).setting);
    expect(historyOf(settings(note))[0]).toMatchObject({ kind: 'remove', from: [''], to: '' });
  });
});
