import type { Edition } from '../../allowlist/catalog/catalog';
import type { Text } from '../../ui/make-text';

/** A document with its date and section, as files name it; undefined when the edition does not know the document. */
export function sourceText(
  origin: { readonly source: string; readonly section: string },
  { sources, published }: Edition,
  t: Text,
): string | undefined {
  const source = sources[origin.source];
  return source && t('export.source', source.title, source.date ?? published, origin.section);
}
