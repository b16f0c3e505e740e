import type { Text } from '../../../ui/words/make-text';
import { notNode } from '../../catalog/catalog';
import type { AllowlistRow } from '../allowlist';

/** What sets a rule apart, in a word or two each; what asks for something first. */
export function badgesOf(row: AllowlistRow, t: Text): readonly string[] {
  const other = notNode(row.connects);
  const badge = (name: string, holds: boolean): readonly string[] =>
    holds ? [t(`allowlist.badge.${name}`)] : [];
  return [
    ...badge('placeholder', row.placeholderState === 'open'),
    ...badge('mistake', row.corrected !== undefined),
    ...(row.state === undefined ? [] : [t(`allowlist.state.${row.state.kind}`)]),
    ...badge('corrected', row.correction !== undefined),
    ...badge('broad', row.risk !== undefined),
    ...(other === undefined ? [] : badge(other, true)),
    ...badge('inspection', row.bypassInspection),
  ];
}
