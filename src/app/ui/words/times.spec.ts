import { makeTimes } from './times';

describe('Times', () => {
  // Local time: what is compared is the form, which no time zone changes.
  const at = new Date(2026, 10, 26, 7, 5, 9);

  it.each([
    ['en-US', 'Nov 26, 2026, 7:05:09 AM', 'Nov 26, 2026, 7:05 AM', '7:05:09 AM'],
    ['de-DE', '26.11.2026, 07:05:09', '26.11.2026, 07:05', '07:05:09'],
  ])('speak as the shell does: %s', (locale, moment, minute, clock) => {
    const times = makeTimes(locale);
    const plain = (text: string): string => text.replaceAll('\u202f', ' ');
    expect(plain(times.moment(at))).toBe(moment);
    expect(plain(times.minute(at.toISOString()))).toBe(minute);
    expect(plain(times.clock(at))).toBe(clock);
  });

  it('are empty for what is no time', () => {
    expect(makeTimes('de').moment('')).toBe('');
    expect(makeTimes('de').clock('yesterday')).toBe('');
  });
});
