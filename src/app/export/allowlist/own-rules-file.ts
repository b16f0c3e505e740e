import type { Allowlist } from '../../allowlist/list/allowlist';
import { OWN_RULES } from '../../own-rules/rules/with-own-rules';
import type { Text } from '../../ui/words/make-text';
import type { FileOut } from '../../wac/platform';
import { allowlistText } from './allowlist-file';
import { fileName } from '../text/file-name';

/** The own rules of an allowlist alone, in the CSV that can be imported again. They hold for every cloud. */
export function ownRulesFile(allowlist: Allowlist, cluster: string, date: Date, t: Text): FileOut {
  const groups = allowlist.groups.filter(({ feature }) => feature.id === OWN_RULES);
  const { cloud } = allowlist.choice;
  return {
    fileName: fileName({ content: 'outbound-own-rules', cluster, cloud, date, extension: 'csv' }),
    mime: 'text/csv;charset=utf-8',
    text: allowlistText({ ...allowlist, groups, internal: [] }, 'csv', t),
  };
}
