import { choiceFor } from '../app/allowlist/choice/choice';
import { diffEditions } from '../app/allowlist/list/edition-diff';
import { CLOUDS } from '../app/cluster/cluster';
import { DIFF_FORMATS, diffText } from '../app/export/allowlist/diff-file';
import { makeText } from '../app/ui/words/make-text';
import type { Command, DiffOptions } from './allowlist-contract';
import { chooseEdition, chooseRegion, chooseVendor, choiceNotes } from './choose';
import { oneOf, outcomeOf } from './wrong-use';

/** Writes what changed between two editions, for one cloud. */
export const diffCommand: Command<DiffOptions> = (options, editions, strings) =>
  outcomeOf(() => {
    const from = chooseEdition('--from', options.from, editions);
    const to = chooseEdition('--to', options.to, editions);
    const cloud = oneOf('--cloud', options.cloud ?? 'public', CLOUDS);
    const format = oneOf('--format', options.format, DIFF_FORMATS);
    const region = chooseRegion(options.region, cloud, [from, to]);
    const vendor = chooseVendor(options.vendor, [from, to]);
    const diff = diffEditions(from, to, choiceFor(cloud, { region, vendor }));
    const notes = [from, to].flatMap(edition => choiceNotes(edition, cloud, region));
    return { text: diffText(diff, format, makeText(strings)), notes: [...new Set(notes)] };
  });
