import type { Edition, Source } from '../allowlist/catalog/catalog';
import type { DiffReason, DoorField, EditionDiff } from '../allowlist/list/edition-diff';
import type { MergedRows } from '../allowlist/list/merged-rows';
import { reasonText } from '../export/allowlist/diff-file';
import type { Text } from '../ui/words/make-text';

export const DIFFERENCES = ['added', 'removed', 'changed'] as const;
export type Difference = (typeof DIFFERENCES)[number];

/** Why, with the source that says so. */
export interface ReasonLine {
  readonly text: string;
  /** Whether it is so on a page that is not. */
  readonly isEnglish: boolean;
  readonly source?: Source;
}

/** One door that differs, in words. */
export interface ChangeLine {
  readonly kind: Difference;
  readonly host: string;
  readonly port: number;
  readonly protocol: string;
  /** What the list says of it, or what it now says and said before; one sentence or term each. */
  readonly what: readonly string[];
  /** None when it is not known. */
  readonly reasons: readonly ReasonLine[];
}

/** Codes that have words of their own; features have titles. */
const WORDS: Readonly<Record<Exclude<DoorField, 'features'>, string>> = {
  requirement: 'common.requirement.',
  when: 'changes.when.',
  connects: 'changes.connects.',
  arcGateway: 'changes.arcGateway.',
};

/** The differences of one kind, in the order of the list. */
export function changeLines(diff: EditionDiff, kind: Difference, t: Text): readonly ChangeLine[] {
  if (kind === 'changed')
    return diff.changed.map(({ to, changes, reasons }) => ({
      kind,
      ...doorOf(to),
      what: changes.map(({ field, from, to: now }) =>
        t(
          'changes.became',
          t(`changes.field.${field}`),
          words(field, now, diff.to, t),
          words(field, from, diff.from, t),
        ),
      ),
      reasons: reasonLines(reasons, diff, t),
    }));
  const edition = kind === 'added' ? diff.to : diff.from;
  return diff[kind].map(({ rows, facts, reasons }) => ({
    kind,
    ...doorOf(rows),
    what: [
      words('requirement', facts.requirement, edition, t),
      words('features', facts.features, edition, t),
    ],
    reasons: reasonLines(reasons, diff, t),
  }));
}

function doorOf([{ host, port, protocol }]: MergedRows): Pick<ChangeLine, 'host' | 'port' | 'protocol'> {
  return { host, port, protocol };
}

function words(field: DoorField, codes: readonly string[], { features }: Edition, t: Text): string {
  if (codes.length === 0) return t('changes.unsaid');
  const titles = new Map(features.map(({ id, title }) => [id, title]));
  return codes
    .map(code => (field === 'features' ? (titles.get(code) ?? code) : t(`${WORDS[field]}${code}`)))
    .join(', ');
}

function reasonLines(reasons: readonly DiffReason[], diff: EditionDiff, t: Text): readonly ReasonLine[] {
  const lines = reasons.map((reason): ReasonLine => {
    const source = 'source' in reason ? sourceOf(reason.source, diff) : undefined;
    const text = reasonText(reason, t);
    const isEnglish = [diff.from, diff.to].some(({ english }) => english?.has(text) === true);
    return { text, isEnglish, source };
  });
  // Several features can give one door the same reason.
  return [...new Map(lines.map(line => [line.text, line])).values()];
}

function sourceOf(id: string, { from, to }: EditionDiff): Source | undefined {
  const [newer, older] = to.published >= from.published ? [to, from] : [from, to];
  return newer.sources[id] ?? older.sources[id];
}
