import type { Text } from '../../ui/words/make-text';
import type { EditionSummary } from '../catalog/catalog';

/** What people call an edition: the year and month of its list. Ids have more in them. */
export function editionMonth(id: string): string {
  return /\d{4}-\d{2}/.exec(id)?.[0] ?? id;
}

/** An edition in one line, for example `2022-01: Azure Stack HCI, version 21H2, 20H2`. */
export function editionName({ id, appliesTo }: EditionSummary, t: Text): string {
  return t('allowlist.edition.option', editionMonth(id), versions(appliesTo));
}

/** A product that is named several times is named once. */
function versions(appliesTo: readonly string[]): string {
  return appliesTo
    .map((each, at) => {
      const [product, version] = split(each);
      return at > 0 && product === split(appliesTo[at - 1] ?? '')[0] ? version : each;
    })
    .join(', ');
}

function split(text: string): readonly [string, string] {
  const at = text.lastIndexOf(' ');
  return [text.slice(0, at), text.slice(at + 1)];
}

/** An ISO date as people write it, or the month where no day is known: `April 2025`. */
export function longDate(iso: string, locale: string): string {
  if (/^\d{4}-\d{2}$/.test(iso))
    return new Date(`${iso}-01T00:00:00Z`).toLocaleDateString(locale, {
      ...{ year: 'numeric', month: 'long', timeZone: 'UTC' },
    });
  return new Date(`${iso}T00:00:00Z`).toLocaleDateString(locale, { dateStyle: 'long', timeZone: 'UTC' });
}
