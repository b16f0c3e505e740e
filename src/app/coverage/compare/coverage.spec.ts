import type { Protocol } from '../../allowlist/catalog/catalog';
import { have } from '../../../../test/jest/have';
import { coverageOf } from './coverage';

const need = (host: string, port = 443, protocol: Protocol = 'https') => ({ host, port, protocol });

/** What is said of one needed door, given the lines that a team has. */
function said(row: ReturnType<typeof need>, ...lines: readonly string[]): string {
  const [only] = coverageOf([row], have(lines.join('\n'))).rows;
  return only?.state === 'half' ? `half: ${only.half}` : (only?.state ?? 'nothing');
}

describe('what the firewall has against what is needed', () => {
  it.each([
    ['login.example.com', ['login.example.com'], 'covered'],
    ['login.example.com', ['LOGIN.example.com.'], 'covered'],
    ['login.example.com', ['https://login.example.com/path?x'], 'half: path'],
    ['login.example.com', ['login.example.com/path', 'login.example.com'], 'covered'],
    ['login.example.com', ['https://login.example.com/'], 'covered'],
    ['login.example.com', ['https://login.example.com/*'], 'covered'],
    ['login.example.com', ['*.example.com/path'], 'half: path'],
    ['login.example.com', ['login.example.com:8443'], 'half: port'],
    ['login.example.com', ['http://login.example.com'], 'half: port'],
    ['login.example.com', ['*.example.com:400-500'], 'covered'],
    ['login.example.com', ['login.example.com:8000-9000'], 'half: port'],
    ['login.example.com', ['*.example.com:*'], 'covered'],
    ['login.example.com', ['*.example.com'], 'covered'],
    ['example.com', ['*.example.com'], 'half: apex-missing'],
    ['example.com', ['.example.com'], 'covered'],
    ['login.example.com', ['example.com'], 'missing'],
    ['login.example.com', ['xlogin.example.com'], 'missing'],
    ['login.example.com', ['*'], 'covered'],
    ['login.example.com', ['0.0.0.0/0'], 'covered'],
    ['*.blob.example.com', ['0.0.0.0/0.0.0.0'], 'covered'],
    ['login.example.com', ['0.0.0.0/1', '128.0.0.0/1'], 'missing'],
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
  ])('%s with %j: %s', (host, lines, expected) => {
    expect(said(need(host), ...lines)).toBe(expected);
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
    const lines = [
      ...[
        '*.blob.example.com',
        'a.blob.example.com',
        '*.example.com',
        'login.example.com',
        '.login.example.com',
      ],
      ...['other.example.org', '*', '.blob.example.com', '*blob.example.com', '0.0.0.0/0', '*:443'],
    ];
    const { excess } = coverageOf(rows, have(lines.join('\n')));
    expect(excess.map(({ entry, kind }) => `${entry.text}: ${kind}`)).toEqual([
      ...['*.example.com: wider', '.login.example.com: wider', 'other.example.org: unrelated', '*: wider'],
      ...['.blob.example.com: wider', '*blob.example.com: wider', '0.0.0.0/0: wider', '*:443: wider'],
    ]);
  });

  it('finds the apex needed by a row of its own', () => {
    const rows = [need('*.blob.example.com'), need('blob.example.com')];
    expect(coverageOf(rows, have('.blob.example.com'))).toMatchObject({
      rows: [{ state: 'covered' }, { state: 'covered' }],
      excess: [],
    });
  });

  it.each([
    ['in front', ['login.example.com,443,Deny', '*.example.com,443,Allow'], 'half: denied'],
    ['behind', ['*.example.com,443,Allow', 'login.example.com,443,Deny'], 'half: denied'],
    ['of all, in front', ['*,443,Deny', '*.example.com,443,Allow'], 'half: denied'],
    ['of all, that closes the list', ['*.example.com,443,Allow', '*,443,Deny'], 'covered'],
    ['at another port', ['login.example.com,80,Deny', '*.example.com,443,Allow'], 'covered'],
    ['of another name', ['other.example.com,443,Deny', '*.example.com,443,Allow'], 'covered'],
    ['that cannot be read', ['login.example.com,443,Quarantine', 'x.example.org,443,Allow'], 'missing'],
  ])('reckons with a rule that denies, %s', (_, lines, expected) => {
    expect(said(need('login.example.com'), 'host,port,action', ...lines)).toBe(expected);
  });

  it('names ports that nobody needs', () => {
    const rows = [need('login.example.com')];
    const table = 'host,port,protocol\nlogin.example.com,1-65535,tcp\nlogin.example.com,"443,22",tcp\n';
    expect(
      coverageOf(rows, have(table)).excess.map(({ kind, entry }) => `${entry.line ?? 0} ${kind}`),
    ).toEqual(['2 ports', '3 ports']);
  });

  it('stays quick with a long file', () => {
    const lines = Array.from({ length: 30_000 }, (_, index) => `h${index}.example${index % 50}.com`);
    const rows = Array.from({ length: 250 }, (_, index) =>
      need(`h${index * 7}.example${(index * 7) % 50}.com`),
    );
    const { rows: covered, excess } = coverageOf(rows, have(lines.join('\n')));
    expect(covered.every(({ state }) => state === 'covered')).toBe(true);
    expect(excess).toHaveLength(30_000 - 250);
  });
});
