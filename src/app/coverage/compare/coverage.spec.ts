import type { Protocol } from '../../allowlist/catalog/catalog';
import { readHave } from '../read/read-have';
import { coverageOf } from './coverage';

const need = (host: string, port = 443, protocol: Protocol = 'https') => ({ host, port, protocol });

/** What is said of one needed door, given the lines that a team has. */
function said(row: ReturnType<typeof need>, ...have: readonly string[]): string {
  const { entries } = readHave(have.join('\n'));
  const [only] = coverageOf([row], entries).rows;
  return only?.state === 'half' ? `half: ${only.half}` : (only?.state ?? 'nothing');
}

describe('what the firewall has against what is needed', () => {
  it.each([
    ['login.example.com', ['login.example.com'], 'covered'],
    ['login.example.com', ['LOGIN.example.com.'], 'covered'],
    ['login.example.com', ['https://login.example.com/path?x'], 'covered'],
    ['login.example.com', ['login.example.com:8443'], 'half: port'],
    ['login.example.com', ['http://login.example.com'], 'half: port'],
    ['login.example.com', ['*.example.com'], 'covered'],
    ['example.com', ['*.example.com'], 'half: apex-missing'],
    ['example.com', ['.example.com'], 'covered'],
    ['login.example.com', ['example.com'], 'missing'],
    ['login.example.com', ['xlogin.example.com'], 'missing'],
    ['login.example.com', ['*'], 'covered'],
    ['*.blob.example.com', ['*.blob.example.com'], 'covered'],
    ['*.blob.example.com', ['*.example.com'], 'covered'],
    ['*.blob.example.com', ['*blob.example.com'], 'covered'],
    ['*.blob.example.com', ['blob.example.com'], 'half: apex-only'],
    ['*.blob.example.com', ['^.blob.example.com/'], 'half: one-level'],
    ['*.blob.example.com', ['a.blob.example.com'], 'half: narrower'],
    ['*.blob.example.com', ['*.deep.blob.example.com'], 'half: narrower'],
    ['*.blob.example.com', ['evilblob.example.com'], 'missing'],
    ['azgn*.bus.example.com', ['azgn*.bus.example.com'], 'covered'],
    ['azgn*.bus.example.com', ['*.bus.example.com'], 'covered'],
    ['azgn*.bus.example.com', ['azgn1.bus.example.com'], 'half: narrower'],
    ['10.1.2.3', ['10.1.2.3'], 'covered'],
    ['10.1.2.3', ['10.1.2.0/24'], 'missing'],
  ])('%s with %j: %s', (host, have, expected) => {
    expect(said(need(host), ...have)).toBe(expected);
  });

  it('knows that TCP carries HTTPS, and UDP nothing of it', () => {
    const csv = (protocol: string) => ['host,port,protocol', `login.example.com,443,${protocol}`];
    expect(said(need('login.example.com'), ...csv('tcp'))).toBe('covered');
    expect(said(need('login.example.com'), ...csv('udp'))).toBe('half: port');
    expect(said(need('login.example.com', 443, 'udp'), ...csv('tcp'))).toBe('half: port');
  });

  it('never takes a range of ports for all ports', () => {
    const csv = ['host;ports', 'login.example.com;8000-9000'];
    expect(said(need('login.example.com'), ...csv)).toBe('half: port');
    expect(said(need('login.example.com', 8084), ...csv)).toBe('covered');
  });

  it('says what is wider than needed, and what is not of this list', () => {
    const rows = [
      need('*.blob.example.com'),
      need('login.example.com'),
      need('update.example.com', 80, 'http'),
    ];
    const have = [
      ...[
        '*.blob.example.com',
        'a.blob.example.com',
        '*.example.com',
        'login.example.com',
        '.login.example.com',
      ],
      ...['other.example.org', '*', '.blob.example.com', '*blob.example.com'],
    ];
    const { excess } = coverageOf(rows, readHave(have.join('\n')).entries);
    expect(excess.map(({ entry, kind }) => `${entry.text}: ${kind}`)).toEqual([
      ...['*.example.com: wider', '.login.example.com: wider', 'other.example.org: unrelated', '*: wider'],
      ...['.blob.example.com: wider', '*blob.example.com: wider'],
    ]);
  });

  it('finds the apex needed by a row of its own', () => {
    const rows = [need('*.blob.example.com'), need('blob.example.com')];
    expect(coverageOf(rows, readHave('.blob.example.com').entries)).toMatchObject({
      rows: [{ state: 'covered' }, { state: 'covered' }],
      excess: [],
    });
  });
});
