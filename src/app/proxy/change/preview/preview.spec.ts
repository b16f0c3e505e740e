import { machineWide, NOTHING } from '../../../../../test/jest/proxy-model/model-node';
import { rawLines } from '../../setting/layers/raw-values';
import { parseProxySetting } from '../../setting/proxy-setting';
import { planChange } from '../change-plan';
import { NO_EXTRAS, NO_RECORD, type Wish } from '../order';
import { canChoose, isChosen, type PreFlight, type PreviewRow, stateOf } from './preview';

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
function tested(failing: Readonly<Record<string, string>>, had: readonly string[] = []): PreFlight {
  const failed = new Set(Object.keys(failing));
  return {
    at: 'tested',
    proof: { reached: new Set(['x']), failed },
    had: new Set(had),
    failing: Object.entries(failing).map(([endpoint, verdict]) => ({ endpoint, verdict })),
  };
}

describe('stateOf', () => {
  it.each([
    ['ready', true, tested({})],
    ['partly', true, tested({ y: 'timed-out' })],
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
