import { runOf } from '../../../../test/jest/runs';
import { englishStrings } from '../../../../test/jest/strings';
import { makeText } from '../../ui/words/make-text';
import { announcementOf } from './run-announcer';
import { forcedWay } from './way-words';

const t = makeText(englishStrings());

describe('The words about a run', () => {
  it('call no check finished that ended with its gateway', () => {
    const lost = runOf(
      ['n1', 'n2'],
      ['a.example:443'],
      node => (node === 'n1' ? {} : undefined),
      node => (node === 'n1' ? 'no-report' : 'gateway-failed'),
    );
    expect(announcementOf(lost, t)).toMatch(/^The connection to Windows Admin Center was lost/);
    expect(announcementOf(runOf(['n1'], ['a.example:443']), t)).toMatch(/^Check finished\./);
  });

  it('say of a forced way what no proxy carries, where that was asked', () => {
    const forced = (doors: readonly string[], kind: 'direct' | 'winhttp') => {
      const run = runOf(['n1'], doors, () => undefined);
      return forcedWay({ ...run, request: { ...run.request, way: { kind } } }, t);
    };
    const time = 'time.windows.com:123/udp';
    expect(forced([time], 'winhttp')).toContain('no proxy carries UDP');
    expect(forced([time], 'direct')).not.toContain('UDP');
    expect(forced(['a.example:443'], 'winhttp')).not.toContain('UDP');
  });
});
