import fc from 'fast-check';
import { requestMail } from './request-mail';

/** What a mail program reads: headings, unfolded and decoded, and the text. */
function read(mail: string): { readonly headings: Readonly<Record<string, string>>; readonly text: string } {
  const [head = '', body = ''] = mail.split('\r\n\r\n');
  const headings = head
    .replace(/\r\n /g, ' ')
    .split('\r\n')
    .map(line => /^([^:]+): (.*)$/.exec(line)?.slice(1) ?? ['bad', line]);
  const decoded = (value: string) =>
    value
      .replace(/\?= =\?utf-8\?B\?/g, '?==?utf-8?B?')
      .replace(/=\?utf-8\?B\?([^?]*)\?=/g, (_, word: string) => Buffer.from(word, 'base64').toString());
  return {
    headings: Object.fromEntries(headings.map(([name = '', value = '']) => [name, decoded(value)])),
    text: Buffer.from(body, 'base64').toString().replace(/\r\n/g, '\n'),
  };
}

describe('the mail draft', () => {
  it('opens unsent, with subject and text in any script', () => {
    const subject = 'Verbindung von hci – bitte öffnen: 名前 '.repeat(5).trim();
    const { headings, text } = read(requestMail({ subject, text: 'Line 1\nLíne 2\n' }));
    expect(headings).toMatchObject({ 'X-Unsent': '1', 'MIME-Version': '1.0' });
    expect(headings['Subject']).toBe(subject);
    expect(text).toBe('Line 1\nLíne 2\n');
  });

  it('gets no heading from what is written in it, and keeps its lines short', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (subject, text) => {
        const mail = requestMail({ subject: `x\r\nBcc: evil@example.com${subject}`, text });
        expect(Object.keys(read(mail).headings)).toHaveLength(5);
        for (const line of mail.split('\r\n')) expect(line.length).toBeLessThanOrEqual(90);
        expect(read(mail).text).toBe(text.replace(/\r\n/g, '\n'));
      }),
    );
  });
});
