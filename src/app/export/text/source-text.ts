import type { Edition } from '../../allowlist/catalog/catalog';
import type { Text } from '../../ui/words/make-text';

/** A document with its section and, where one is known, its date, as files name it; undefined when the edition does not know the document. */
export function sourceText(
  origin: { readonly source: string; readonly section: string },
  { sources }: Edition,
  t: Text,
): string | undefined {
  const source = sources[origin.source];
  if (source === undefined) return undefined;
  return source.date === undefined
    ? t('export.source.undated', source.title, origin.section)
    : t('export.source', source.title, source.date, origin.section);
}
