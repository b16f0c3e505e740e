import { runOf } from '../../../../../test/jest/runs';
import { runRecord } from '../run-file';
import { refusalOf } from './refusal';

const whole = JSON.stringify(runRecord(runOf(['n1'], ['a.example:443'])));
const ofVersion = (version: number) => whole.replace('"version":1', `"version":${String(version)}`);
const offline = '{"format":"outbound-connectivity/measurements","version":1}';

describe('why a file is not taken for a run', () => {
  it.each([
    ['a newer version', ofVersion(2), 'newer'],
    ['a much newer version without the rest', '{"format":"outbound-connectivity/run","version":99}', 'newer'],
    ['a newer version that was cut off', ofVersion(99).slice(0, 300), 'newer'],
    [
      'a newer version with its names in another order',
      '{"version":2,"format":"outbound-connectivity/run"}',
      'newer',
    ],
    ['a newer version of an offline check', offline.replace('1}', '2}'), 'newer'],
    ['a newer version, written with blanks', JSON.stringify(JSON.parse(ofVersion(3)), undefined, 2), 'newer'],
    ['a run that was cut off', whole.slice(0, -20), 'damaged'],
    ['a run without its results', '{"format":"outbound-connectivity/run","version":1}', 'damaged'],
    ['an offline check without its endpoints', offline, 'damaged'],
    ['a run of no version', '{"format":"outbound-connectivity/run"}', 'damaged'],
    ['a version that is no number', ofVersion(1).replace('"version":1', '"version":"two"'), 'damaged'],
    ['another JSON', '{}', 'foreign'],
    ['JSON that names a version, and no format', '{"version":99}', 'foreign'],
    [
      'a format inside',
      '{"name":"x","inside":{"format":"outbound-connectivity/run","version":99}}',
      'foreign',
    ],
    ['a list', '[]', 'foreign'],
    ['a table of something else', 'a,b\n1,2\n', 'foreign'],
    ['nothing', '', 'foreign'],
  ])('%s', (_, text, expected) => {
    expect(refusalOf(text)).toBe(expected);
  });
});
