import { parseArgs } from 'node:util';
import type { ImportedEdition } from './facts.ts';
import type { EditionHead } from './import-list.ts';
import { WrongUse } from './outcome.ts';
import type { ListOrigin, ListTarget } from './read-list.ts';

export const USAGE = `Usage: npm run catalog:import -- --edition ID (--region NAME --cloud public|usgov|china | --vendor NAME)
         [--published DATE] [--printed DATE] [--title TEXT] [--applies-to TEXT]... [--build NUMBER]...
         [--source OWNER/NAME:PATH@COMMIT] [--folder FOLDER] FILE...
       npm run catalog:import -- --validator FILE... [--edition ID] [--region NAME] [--published DATE]
         [--source OWNER/NAME:PATH@COMMIT] [--folder FOLDER]

Puts a published list into src/catalog/editions/ID.json, in place of the one it had for that region or vendor. With
--validator, puts what Microsoft's validator checks in a region into src/catalog/validator/ID/REGION.json: the module's
own file AzStackHciConnectivityTargets-REGION.xml, or its columns with tabs between them.

  --edition     id of the edition: azure-local-YYYY-MM or YYYY-MM
  --published   date of the list's commit; without it, the month in the edition's id
  --printed     the date that the list itself prints, if it is another one
  --title, --applies-to, --build
                of the edition; needed once, an edition that exists keeps its own
  --source      where the files are from, when their first line does not say so
  --folder      another folder than src/catalog/editions, or than src/catalog/validator
  --validator   a manifest, or several; its edition is the newest one when none is given, its region what the file says

A FILE has tabs, semicolons or commas between its cells, or is Markdown with a table. Exit codes: 0 written, 1 the list
cannot be interpreted, 2 wrong use.
`;

export interface ImportOptions {
  readonly edition: string;
  readonly target: ListTarget;
  readonly files: readonly string[];
  readonly folder: string;
  /** Absent: not known. */
  readonly published?: string;
  readonly origin?: ListOrigin;
  headFor(before: ImportedEdition | undefined): EditionHead;
}

export function readImportOptions(args: string[], defaultFolder: string): ImportOptions {
  const { values, positionals } = parse(args);
  const edition = values.edition ?? '';
  if (!/^(azure-local-)?\d{4}-\d{2}$/.test(edition))
    throw new WrongUse('--edition needs an id such as azure-local-2026-07.');
  if (positionals.length === 0) throw new WrongUse('Name the file with the list.');
  for (const name of ['published', 'printed'] as const)
    if (values[name] !== undefined && !isDate(values[name]))
      throw new WrongUse(`--${name} needs a date such as 2026-07-14.`);
  const builds = values.build?.map(Number);
  if (builds?.some(build => !Number.isInteger(build))) throw new WrongUse('--build needs a number.');
  return {
    edition,
    target: readTarget(values),
    files: positionals,
    folder: values.folder ?? defaultFolder,
    ...(values.published !== undefined && { published: values.published }),
    ...(values.source !== undefined && { origin: readSource(values.source) }),
    headFor(before) {
      const old = (before ?? {}) as Partial<EditionHead>;
      const published = [old.published, values.published]
        .filter(date => date !== undefined)
        .sort()
        .at(-1);
      const printedDate = values.printed ?? old.printedDate;
      const kept = builds ?? old.builds;
      return {
        id: edition,
        title: values.title ?? old.title ?? 'Azure Local endpoints',
        published: published ?? monthOf(edition),
        ...(printedDate !== undefined && { printedDate }),
        appliesTo: values['applies-to'] ?? old.appliesTo ?? ['Azure Local'],
        ...(kept !== undefined && { builds: kept }),
      };
    },
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        edition: { type: 'string' },
        region: { type: 'string' },
        cloud: { type: 'string' },
        vendor: { type: 'string' },
        published: { type: 'string' },
        printed: { type: 'string' },
        title: { type: 'string' },
        'applies-to': { type: 'string', multiple: true },
        build: { type: 'string', multiple: true },
        source: { type: 'string' },
        folder: { type: 'string' },
      },
    });
  } catch (error) {
    throw new WrongUse(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
}

function readTarget({
  region,
  cloud,
  vendor,
}: {
  region?: string;
  cloud?: string;
  vendor?: string;
}): ListTarget {
  if (vendor !== undefined && region === undefined && cloud === undefined) return { vendor };
  if (region === undefined || vendor !== undefined)
    throw new WrongUse('Give either --region with --cloud, or --vendor.');
  if (cloud === undefined || !['public', 'usgov', 'china'].includes(cloud))
    throw new WrongUse('--cloud needs one of public, usgov, china.');
  return { region, cloud };
}

export function readSource(text: string): ListOrigin {
  const [, repository, path, commit] = /^([\w.-]+\/[\w.-]+):(\S+)@([0-9a-f]{40})$/.exec(text) ?? [];
  if (repository === undefined || path === undefined || commit === undefined)
    throw new WrongUse('--source needs OWNER/NAME:PATH@COMMIT with the whole commit hash.');
  return { repository, path, commit };
}

export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

/** All that is known of the date of a list that comes without one. */
function monthOf(edition: string): string {
  return edition.slice(-7);
}
