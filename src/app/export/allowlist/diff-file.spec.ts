import { parseCsv } from '../../../../test/jest/parse-csv';
import { edition, feature, rule, use } from '../../../../test/jest/small-edition';
import { englishStrings } from '../../../../test/jest/strings';
import { choiceFor } from '../../allowlist/choice/choice';
import { diffEditions } from '../../allowlist/list/edition-diff';
import { makeText } from '../../ui/words/make-text';
import { diffFile, diffText } from './diff-file';

const t = makeText(englishStrings());
const login = rule('login.example');
const a = rule('a.star.example');
const star = rule('*.star.example');
const from = edition([login, a], [feature('base', [use(login), use(a)])], { id: '2030-01' });
const to = edition(
  [login, star],
  [feature('base', [use(login, { requirement: 'optional', when: 'after' }), use(star)])],
  {
    id: '2031-01',
  },
);
const diff = diffEditions(from, to, choiceFor('public', { region: 'eastus' }));

describe('what changed, as a file', () => {
  it('is one object as JSON', () => {
    expect(JSON.parse(diffText(diff, 'json', t))).toEqual({
      ...{ from: '2030-01', to: '2031-01', cloud: 'public', region: 'eastus' },
      added: [
        expect.objectContaining({ host: '*.star.example', port: 443, protocol: 'https', features: ['base'] }),
      ],
      removed: [
        expect.objectContaining({
          host: 'a.star.example',
          reasons: ['The other list has the wildcard *.star.example, which covers it.'],
        }),
      ],
      changed: [
        {
          ...{ host: 'login.example', port: 443, protocol: 'https' },
          changes: [
            { field: 'requirement', from: ['required'], to: ['optional'] },
            { field: 'when', from: [], to: ['after'] },
          ],
          reasons: [],
        },
      ],
    });
  });

  it('is a record a door as CSV', () => {
    const [header, ...records] = parseCsv(diffText(diff, 'csv', t));
    expect(header).toEqual(['Difference', 'Host', 'Port', 'Protocol', 'What', 'Reason']);
    expect(records.map(([difference, host, , , what]) => [difference, host, what])).toEqual([
      ['added', '*.star.example', 'required base'],
      ['removed', 'a.star.example', 'required base'],
      ['changed', 'login.example', 'requirement: required -> optional; when: ? -> after'],
    ]);
  });

  it('says null where no region was chosen', () => {
    const all = diffEditions(from, to, choiceFor('public'));
    expect(JSON.parse(diffText(all, 'json', t))).toMatchObject({ region: null });
  });

  it('has a name that says between what', () => {
    expect(diffFile(diff, 'csv', 'hci.contoso.local', new Date(2030, 0, 5), t)).toMatchObject({
      fileName: 'outbound-changes-2030-01-to-2031-01_hci_public_2030-01-05.csv',
      mime: 'text/csv;charset=utf-8',
    });
  });
});
