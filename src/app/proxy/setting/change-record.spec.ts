import { machineWide } from '../../../../test/jest/proxy-model/model-node';
import { parseRecords } from './change-record';
import { rawLines, type ValueId } from './layers/raw-values';

const LINES = rawLines(machineWide('old:1'));
const read = (snapshot: unknown) =>
  parseRecords({
    id: '20261126T101500Z-aaaaaa',
    begun: true,
    ended: true,
    cutOff: false,
    snapshot: typeof snapshot === 'string' ? snapshot : JSON.stringify(snapshot),
  })[0];
const withValue = (id: ValueId, value: string) =>
  LINES.map(line => (line.startsWith(`${id}=`) ? `${id}=${value}` : line));
const when = '2026-11-26T10:15:00Z';

describe('a snapshot that a node keeps', () => {
  it('is read whole, whether it has a form or is of the first version', () => {
    for (const format of [undefined, 1, 2]) {
      const record = read({ format, when, who: 'x', values: LINES });
      expect(record?.trouble).toBeUndefined();
      expect(record && rawLines(record.values ?? {})).toEqual(LINES);
    }
  });

  it('tells how names of values were spelled, and believes no other name', () => {
    const names = (kept: unknown) => read({ format: 2, when, who: 'x', values: LINES, names: kept })?.names;
    expect(
      names(['env.NO_PROXY=no_proxy', 'env.HTTP_PROXY=HTTP_PROXY', 'policy=proxysettingsperuser']),
    ).toEqual({
      'env.NO_PROXY': 'no_proxy',
      policy: 'proxysettingsperuser',
    });
    for (const kept of [undefined, 'env.NO_PROXY=no_proxy', [7], ['env.NO_PROXY=PATH'], ['env.NO_PROXY=']])
      expect(names(kept)).toBeUndefined();
  });

  it('of a later version is not gone back to in part', () => {
    const record = read({ format: 3, when, who: 'x', values: [...LINES, 'new=absent'] });
    expect(record).toMatchObject({ trouble: 'newer', when, who: 'x' });
    expect(record?.values).toBeUndefined();
  });

  it.each<readonly [string, unknown]>([
    ['nothing', ''],
    ['half a file', '{"values":["policy=abs'],
    ['no list', { values: 'policy=absent' }],
    ['a value is missing', { values: LINES.slice(1) }],
    ['one more', { values: [...LINES, 'other=absent'] }],
    ['one twice', { values: [...LINES.slice(1), LINES[1]] }],
    ['no form', { format: 'two', values: LINES }],
    ['form zero', { format: 0, values: LINES }],
    ...[
      'text',
      'Binary|0',
      'Binary|zz',
      'Binary|FF',
      'DWord|x',
      'DWord|2147483648',
      'DWord|-2147483649',
      'DWord|007',
      'DWord|-0',
      'QWord|9223372036854775808',
      'String|a\0b',
      'None|',
      'Other|a\nb',
      'Absent',
      '',
    ].map(value => [value, { values: withValue('machine.default', value) }] as const),
  ])('is damaged: %s', (_, snapshot) => {
    expect(read(snapshot)).toMatchObject({ trouble: 'damaged' });
    expect(read(snapshot)?.values).toBeUndefined();
  });

  it.each([
    'absent',
    'Binary|',
    'Binary|00ff',
    'DWord|-2147483648',
    'DWord|2147483647',
    'String|',
    'QWord|-1',
    'Other|REG_NONE 00',
  ])('may have the value %s', value => {
    expect(read({ values: withValue('machine.default', value) })?.values?.['machine.default']).toBe(value);
  });
});
