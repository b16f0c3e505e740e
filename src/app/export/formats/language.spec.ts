import { shippedCatalog } from '../../../../test/jest/assets';
import { shippedEditions } from '../../../../test/jest/edition';
import { englishStrings, stringsOf } from '../../../../test/jest/strings';
import { readTranslations, translateEdition } from '../../allowlist/catalog/translate';
import { choiceFor } from '../../allowlist/choice/choice';
import { type Allowlist, makeAllowlist, rowsOf } from '../../allowlist/list/allowlist';
import { checkFile } from '../../coverage/compare/check-file';
import { makeText, type Text } from '../../ui/words/make-text';
import { allowlistText } from '../allowlist/allowlist-file';
import { ALLOWLIST_FORMATS } from '../allowlist/allowlist-format';
import { firewallRows } from './firewall-rows';
import { FORMAT_GROUPS, isFormatName } from './format-names';
import { listTitle } from './list-title';
import { FORMATS } from './registry';

// Every list in every format, twice: slow on a busy machine, never stuck.
jest.setTimeout(60_000);

const inEnglish = makeText(englishStrings());
const inGerman = makeText(stringsOf('de-DE'));

describe('files of a German page', () => {
  const lists: { readonly english: Allowlist; readonly german: Allowlist }[] = [];

  beforeAll(async () => {
    const texts = readTranslations(await shippedCatalog.json('assets/catalog/languages/de.json'));
    if (texts === undefined) throw new Error('The German texts are none.');
    for (const edition of shippedEditions())
      for (const choice of edition.clouds.map(cloud => choiceFor(cloud)))
        lists.push({
          english: makeAllowlist(edition, choice),
          german: makeAllowlist(translateEdition(edition, texts), choice),
        });
  });

  it.each([...FORMAT_GROUPS.firewall, 'markdown', ...ALLOWLIST_FORMATS])(
    'say why in German, and say the same to who reads them: %s',
    format => {
      for (const { english, german } of lists) {
        const text = fileText(german, format, inGerman);
        const purposes = rowsOf(english).map(({ purpose }) => purpose);
        expect(purposes.filter(purpose => text.includes(purpose))).toEqual([]);
        expect(readBack(text, german)).toEqual(readBack(fileText(english, format, inEnglish), english));
      }
    },
  );
});

function fileText(list: Allowlist, format: string, t: Text): string {
  if (!isFormatName(format)) return allowlistText(list, format === 'json' ? 'json' : 'csv', t);
  const options = {
    ...{ t, title: listTitle(list, t), date: new Date(2026, 10, 26) },
    fileName: (extension: string) => `allowlist.${extension}`,
  };
  return String(FORMATS[format](firewallRows(list, t), options).content);
}

/** What a network team's copy of the file opens, door by door. */
function readBack(text: string, list: Allowlist) {
  const checked = checkFile(firewallRows(list, inEnglish), text, inEnglish);
  return checked.ok
    ? checked.check.findings.map(({ state, host, port, protocol, entry }) => ({
        ...{ state, host, port, protocol },
        // Of what was not read it is the line itself, with its words.
        entry: state === 'covered' ? entry : undefined,
      }))
    : checked.message;
}
