import type { Allowlist } from '../../allowlist/list/allowlist';
import type { Text } from '../../ui/words/make-text';

/** What a list is of, on one line: edition, cloud and region. */
export function listTitle({ edition, choice }: Allowlist, t: Text): string {
  const region = edition.regions?.find(({ id }) => id === choice.region)?.title;
  return [
    t('formats.edition', edition.title, edition.id),
    t(`common.cloud.${choice.cloud}`),
    ...(region === undefined ? [] : [region]),
  ].join(', ');
}
