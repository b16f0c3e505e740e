import { machineWide, NOTHING } from '../../../../../test/jest/proxy-model/model-node';
import type { Cause } from '../../../reachability/verdict/causes';
import type { VerdictCode } from '../../../reachability/verdict/verdicts';
import { rawLines } from '../../setting/layers/raw-values';
import { parseProxySetting } from '../../setting/proxy-setting';
import { planChange } from '../change-plan';
import { NO_EXTRAS, NO_RECORD, type Wish } from '../order';
import { canChoose, isChosen, type PreFlight, type PreviewRow, reservationsOf, stateOf } from './preview';

const NODE = { name: 'node1', fqdn: 'node1', state: 'up' } as const;
const SET: Wish = { kind: 'set', server: 'p:1', bypass: [], extras: NO_EXTRAS };

function rowOf(preFlight: PreFlight, fields: object = {}, wish = SET): PreviewRow {
  const setting = parseProxySetting({
    machineWide: false,
    server: '',
    readable: true,
    moduleVersion: '0.1.0',
    languageMode: 'FullLanguage',
    values: rawLines(NOTHING),
    ...fields,
  });
  if (setting === undefined) throw new Error('no setting');
  return { node: NODE, wish, setting, preFlight };
}

/** What failed, with its verdict; `x` is reached. */
function tested(
  failing: Readonly<Record<string, VerdictCode>>,
  had: readonly string[] = [],
  answered: readonly Cause[] = [],
): PreFlight {
  const failed = new Set(Object.keys(failing));
  return {
    at: 'tested',
    proof: {
      reached: new Set(['x']),
      failed,
      answered: answered.map(cause => ({ endpoint: cause, verdict: 'not-proven' as const, cause })),
      failing: Object.entries(failing).map(([endpoint, verdict]) => ({
        endpoint,
        verdict,
        cause: 'deadline',
      })),
    },
    had: new Set(had),
  };
}

describe('stateOf', () => {
  it.each([
    ['ready', true, tested({})],
    ['partly', true, tested({ y: 'timed-out' })],
    ['ready', true, tested({}, [], ['connected', 'connected-web-port'])],
    ['partly', true, tested({}, [], ['connected', 'other-public-authority'])],
    ['loses', false, tested({ y: 'timed-out' }, ['y'])],
    ['refused', false, tested({ y: 'timed-out', z: 'proxy-denied' })],
    ['refused', false, tested({ y: 'proxy-credentials' })],
    ['loses', false, tested({ y: 'proxy-denied' }, ['y'])],
    ['not-tested', false, { at: 'not-tested' }],
  ] as const)('is %s, and chosen by itself: %s', (state, chosen, preFlight) => {
    const row = rowOf(preFlight);
    expect([stateOf(row), isChosen(row), canChoose(row)]).toEqual([state, chosen, true]);
    expect(isChosen({ ...row, choice: !chosen })).toBe(!chosen);
  });

  it('foretells what a node loses when its proxy is taken away or given back, and changes it all the same', () => {
    const wide = { machineWide: true, server: 'q:1', values: rawLines(machineWide('q:1')) };
    const remove: Wish = { kind: 'remove', extras: NO_EXTRAS };
    const back: Wish = { kind: 'put-back', record: { ...NO_RECORD, id: 'a', values: NOTHING } };
    for (const wish of [remove, back]) {
      const of = (preFlight: PreFlight) => {
        const row = rowOf(preFlight, wide, wish);
        return [stateOf(row), isChosen(row)];
      };
      expect(of(tested({ y: 'timed-out' }, ['y']))).toEqual(['gives-up', true]);
      expect(of(tested({ y: 'timed-out' }))).toEqual(['ready', true]);
      expect(of(tested({ y: 'proxy-denied' }))).toEqual(['ready', true]);
      expect(of({ at: 'not-tested' })).toEqual(['untested-after', true]);
    }
  });

  it('leaves a node alone that has no module, unless Windows’ own commands stand in for it', () => {
    const none = { moduleVersion: null };
    const row = rowOf(tested({}), none);
    expect([stateOf(row), canChoose(row), isChosen({ ...row, choice: true })]).toEqual([
      'no-module',
      false,
      false,
    ]);
    expect(stateOf(rowOf(tested({}), { ...none, languageMode: 'ConstrainedLanguage' }))).toBe('ready');
    const remove: Wish = { kind: 'remove', extras: NO_EXTRAS };
    const wide = { ...none, machineWide: true, server: 'p:1', values: rawLines(machineWide('p:1')) };
    expect(stateOf(rowOf({ at: 'none' }, wide, remove))).toBe('no-module');
    const record = { ...NO_RECORD, id: 'a', values: NOTHING };
    expect(stateOf(rowOf({ at: 'none' }, wide, { kind: 'put-back', record }))).toBe('ready');
  });

  it('does not call a node right whose values cannot be understood', () => {
    const wish = (winHttp: boolean): Wish => ({ kind: 'remove', extras: { ...NO_EXTRAS, winHttp } });
    const having = (id: string, value: string) => ({ values: rawLines({ ...NOTHING, [id]: value }) });
    const state = (id: string, winHttp: boolean) =>
      stateOf(rowOf({ at: 'none' }, having(id, 'Binary|0102ff'), wish(winHttp)));
    expect(stateOf(rowOf({ at: 'none' }, {}, wish(true)))).toBe('already');
    expect(state('machine.default', false)).toBe('ready');
    expect(state('winhttp', true)).toBe('ready');
    expect(state('winhttp', false)).toBe('already');
  });

  it('leaves a node alone whose value could not be put back, where the change would write over it', () => {
    const other = (id: string) => ({ values: rawLines({ ...NOTHING, [id]: 'Other|REG_NONE 00' }) });
    const all = { winHttp: true, environment: true, restartAgent: false };
    const record = { ...NO_RECORD, id: 'a', values: machineWide('p:1') };
    const wishes: readonly Wish[] = [SET, { ...SET, extras: all }, { kind: 'put-back', record }];
    const states = (id: string) => wishes.map(wish => stateOf(rowOf(tested({}), other(id), wish)));
    expect(states('policy')).toEqual(['other-kind', 'other-kind', 'other-kind']);
    expect(states('user.default')).toEqual(['other-kind', 'other-kind', 'ready']);
    expect(states('env.NO_PROXY')).toEqual(['ready', 'other-kind', 'other-kind']);
    expect(states('winhttp32')).toEqual(['ready', 'other-kind', 'other-kind']);
    const kept = { ...record, values: { ...NOTHING, policy: 'Other|REG_NONE 00' } };
    expect(stateOf(rowOf(tested({}), {}, { kind: 'put-back', record: kept }))).toBe('other-kind');
  });
});

describe('reservationsOf', () => {
  const remove: Wish = { kind: 'remove', extras: NO_EXTRAS };
  const bypass: Wish = { ...SET, keepsServer: true };
  const gateway: Wish = { ...SET, server: 'https=http://localhost:40343' };
  const record = { ...NO_RECORD, id: 'a', values: NOTHING };
  const back: Wish = { kind: 'put-back', record };
  const wide = { machineWide: true, server: 'q:1', values: rawLines(machineWide('q:1')) };

  it('asks for a choice where a node told no raw values, whatever is wished of it', () => {
    for (const wish of [SET, bypass, remove]) {
      const row = rowOf(wish.kind === 'set' ? tested({}) : { at: 'none' }, { ...wide, values: [] }, wish);
      expect([stateOf(row), reservationsOf(row)]).toEqual(['ready', ['no-way-back']]);
      expect([canChoose(row), isChosen(row), isChosen({ ...row, choice: true })]).toEqual([
        true,
        false,
        true,
      ]);
    }
    const row = rowOf({ at: 'none' }, { ...wide, values: [] }, back);
    expect([stateOf(row), canChoose(row), reservationsOf(row)]).toEqual(['untold', false, []]);
  });

  it('asks for one where the agent could not be asked, unless the change keeps Arc gateway', () => {
    const unread = { ...wide, arcAgent: { unread: 'blocked' } };
    const of = (wish: Wish) => {
      const row = rowOf(wish.kind === 'set' ? tested({}) : { at: 'none' }, unread, wish);
      return [stateOf(row), reservationsOf(row), isChosen(row)];
    };
    for (const wish of [SET, remove]) expect(of(wish)).toEqual(['ready', ['agent-unread'], false]);
    for (const wish of [bypass, gateway, back]) expect(of(wish)).toEqual(['ready', [], true]);
  });

  it('lets the bypass list alone be changed behind Arc gateway, wherever the node’s own server stays', () => {
    const agent = { arcAgent: { proxyUrl: '', proxyBypass: '', connectionType: 'gateway' } };
    const server = 'q:1';
    const keeping: Wish = { ...bypass, server, bypass: ['a'] };
    const all = { winHttp: true, environment: true, restartAgent: false };
    const state = (values: object, wish: Wish, fields: object = {}) =>
      stateOf(
        rowOf(
          tested({}),
          { ...wide, ...agent, values: rawLines({ ...machineWide(server), ...values }), ...fields },
          wish,
        ),
      );
    expect(state({}, keeping)).toBe('ready');
    expect(state({}, { ...keeping, keepsServer: false })).toBe('arc-gateway');
    expect(state({}, { ...keeping, extras: { ...all, environment: false } })).toBe('arc-gateway');
    const inEnvironment = { 'env.HTTPS_PROXY': 'String|http://localhost:40343' };
    expect(state(inEnvironment, keeping)).toBe('ready');
    expect(state(inEnvironment, { ...keeping, extras: { ...all, winHttp: false } })).toBe('arc-gateway');
    // The machine's own, which is not in force, would be lost.
    const off = { ...machineWide('https=http://localhost:40343'), policy: 'absent' };
    expect(state(off, keeping, { machineWide: false })).toBe('arc-gateway');
    expect(state({}, keeping, { values: [] })).toBe('arc-gateway');
  });

  it('has none where the node is left alone', () => {
    const bare = { values: [], machineWide: true, server: 'p:1', arcAgent: { unread: '' } };
    const row = rowOf({ at: 'none' }, bare);
    expect([stateOf(row), reservationsOf(row)]).toEqual(['already', []]);
    const server = 'https=http://localhost:40343';
    const guarded = rowOf({ at: 'none' }, { ...bare, server });
    expect([stateOf(guarded), reservationsOf(guarded)]).toEqual(['arc-gateway', []]);
  });
});

describe('planChange', () => {
  it('does not come to a node that lacked the module in the preview, also when it has it by now', () => {
    const { setting } = rowOf(tested({}));
    const plan = planChange('c', 'set', [
      { node: NODE, chosen: false, wish: SET, lacksModule: true, ...(setting && { setting }) },
    ]);
    expect(plan.nodes[0]?.phase).toEqual({ at: 'module-missing' });
  });
});
