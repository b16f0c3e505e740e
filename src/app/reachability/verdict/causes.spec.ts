import { englishStrings } from '../../../../test/jest/strings';
import { CAUSES, isCause, ownerOf } from './causes';
import { VERDICTS } from './verdicts';

describe('The words', () => {
  const strings = englishStrings();

  it.each(Object.keys(CAUSES))('explain the cause %s and say what to do', cause => {
    for (const part of ['meaning', 'action']) {
      const sentence = strings[`reachability.cause.${cause}.${part}`];
      expect(sentence).toMatch(/^[A-Z].*\.$/s);
    }
    expect(isCause(cause) && strings[`reachability.owner.${ownerOf(cause)}`]).toBeTruthy();
  });

  it('sends to the proxy team what ends behind the proxy, and nobody else', () => {
    expect(ownerOf('tls-reset')).toBe('network');
    expect(ownerOf('tls-reset', 'proxy')).toBe('proxy');
    expect(ownerOf('connect-timed-out', 'direct')).toBe('network');
    expect(ownerOf('proxy-timed-out', 'proxy')).toBe('network');
    expect(ownerOf('certificate-not-yet-valid', 'proxy')).toBe('server');
    expect(ownerOf('answered', 'proxy')).toBe('none');
  });

  it('name every verdict', () => {
    for (const verdict of VERDICTS) expect(strings[`reachability.verdict.${verdict}`]).toBeTruthy();
  });

  it('have no explanation for a cause that does not exist', () => {
    const explained = Object.keys(strings).flatMap(
      key => /^reachability\.cause\.([^.]+)\./.exec(key)?.[1] ?? [],
    );
    expect(explained.filter(cause => !isCause(cause))).toEqual([]);
  });

  it('know at least one cause for each verdict', () => {
    const judged = new Set(Object.values(CAUSES).map(item => item.verdict));
    expect(VERDICTS.filter(verdict => !judged.has(verdict))).toEqual([]);
  });
});
