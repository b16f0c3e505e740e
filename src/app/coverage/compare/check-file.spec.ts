import { englishStrings } from '../../../../test/jest/strings';
import { makeText } from '../../ui/words/make-text';
import { checkFile } from './check-file';

const t = makeText(englishStrings());
const ROWS = ['login.example.com', '*.blob.example.com'].map(host => ({
  ...{ host, port: 443, protocol: 'https' as const, requirement: 'required' as const },
}));
const ALL = 'Everything that the nodes need for the chosen features is open in this file';

function check(text: string, rows = ROWS) {
  const checked = checkFile(rows, text, t);
  return checked.ok ? checked.check : fail(checked.message);
}

describe('what a comparison comes to', () => {
  it.each([
    ['a table with ports', 'host,port\nlogin.example.com,443\n*.example.com,443\n'],
    ['a table of everything', 'destination,port\nany,any\n'],
    ['everything refused in the end', 'destination,port,action\n*.example.com,443,allow\n*,*,deny\n'],
    [
      'what says its port beside what does not',
      'host,port\n*.example.com,\nlogin.example.com,443\n*.blob.example.com,443\n',
    ],
    [
      'what is for all beside what is for some',
      'host,port,source\n*.example.com,443,10.0.0.0/8\n*.example.com,443,*\n',
    ],
  ])('is said without an if for %s', (_, file) => {
    expect(check(file)).toMatchObject({ headline: `${ALL}.`, isCertain: true, lacking: [] });
  });

  const ports = 'its entries that say no port are for the ports that are needed (rules: 2)';
  const sources = 'the nodes are among the sources or interfaces that it names (rules: 2)';
  const denies = 'no rule that denies and could not be compared comes first (1)';
  it.each([
    ['a star alone', '*\n', [ports]],
    ['all addresses alone', '0.0.0.0/0\n', [ports]],
    ['names without ports', '*.example.com\n', [ports]],
    ['some sources', 'host,port,source\n*.example.com,443,10.0.0.0/8\n', [sources]],
    [
      'a refusal of a network',
      'host,port,action\n203.0.113.0/24,443,deny\n*.example.com,443,allow\n',
      [denies],
    ],
    [
      'all of that',
      'host,source,action\n203.0.113.0/24,,deny\n*.example.com,10.0.0.0/8,allow\n',
      [ports, sources, denies],
    ],
  ])('is said with its ifs for %s', (_, file, ifs) => {
    const { headline, isCertain, lacking, notes } = check(file);
    expect({ headline, isCertain, lacking }).toEqual({
      headline: `${ALL} if ${ifs.join(', and if ')}.`,
      isCertain: false,
      lacking: [],
    });
    expect(notes).toHaveLength(1 + ifs.length);
  });

  it('says that lines which were not read may open what is missing, and only then', () => {
    const [lacking, missing] = ['2 rules are not open as they are needed.', 'Nothing in the file opens it.'];
    const read = check('host,port\nx.example.org,443\n');
    expect(read.headline).toBe(lacking);
    expect(read.findings[0]?.reason).toBe(missing);
    const left = check('host,port\nx.example.org,443\n203.0.113.0/24,443\n');
    expect(left.headline).toBe(`${lacking} 1 line could not be compared, and may open some of it.`);
    expect(left.findings[0]?.reason).toBe(`${missing} Lines that could not be compared may.`);
    const denied = check('host,port,action\nx.example.org,443,allow\n203.0.113.0/24,443,deny\n');
    expect(denied.headline).toBe(lacking);
  });
});
