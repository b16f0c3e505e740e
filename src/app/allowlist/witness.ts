import { CLOUDS, type Cloud } from '../cluster/cluster';
import type { Edition, Rule } from './catalog';

/** Why an entry is not a storage account of the cloud; the strings file has a sentence for each. */
export type WitnessProblem =
  /** The document's placeholder, still in its brackets. */
  | 'placeholder'
  | 'too-short'
  | 'too-long'
  /** Not only lower-case letters and digits. */
  | 'characters'
  /** A storage host of another cloud than the chosen one. */
  | 'other-cloud'
  /** A host name, but not one of blob storage. */
  | 'not-blob-storage';

export type WitnessEntry =
  /** `account` is undefined when nothing was entered. */
  | { readonly ok: true; readonly account: string | undefined }
  | { readonly ok: false; readonly problem: WitnessProblem };

/** Blob storage suffix of each cloud that the edition knows, for example under `public`; from its witness rules. */
export type BlobSuffixes = Partial<Readonly<Record<Cloud, string>>>;

export function blobSuffixes(edition: Edition): BlobSuffixes {
  const suffixes: Partial<Record<Cloud, string>> = {};
  for (const rule of edition.rules)
    if (rule.placeholder?.name === 'witness-account')
      for (const cloud of rule.clouds) suffixes[cloud] = rule.host.slice('*.'.length);
  return suffixes;
}

/**
 * Reads what someone typed or pasted: an account name, its blob host, or a URL of that host.
 * Names are 3 to 24 lower-case letters and digits (Azure Resource Manager naming rules, storage accounts).
 */
export function readWitnessAccount(entry: string, cloud: Cloud, suffixes: BlobSuffixes): WitnessEntry {
  const text = entry.trim();
  if (text === '') return { ok: true, account: undefined };
  if (/[[\]<>{}]/.test(text)) return { ok: false, problem: 'placeholder' };
  const host = /^(?:https?:\/\/)?([^/:?#@]+)(?::\d+)?(?:[/?#].*)?$/i.exec(text)?.[1] ?? text;
  if (!host.includes('.')) return checkName(host);
  const lower = host.toLowerCase().replace(/\.$/, '');
  const found = CLOUDS.find(each => suffixes[each] !== undefined && lower.endsWith(`.${suffixes[each]}`));
  if (found === undefined) return { ok: false, problem: 'not-blob-storage' };
  if (found !== cloud) return { ok: false, problem: 'other-cloud' };
  return checkName(lower.slice(0, -(suffixes[found]?.length ?? 0) - 1));
}

/** The rule's host with the account in place of the wildcard. */
export function fillPlaceholder(rule: Rule, account: string): string {
  return `${account}${rule.host.slice('*'.length)}`;
}

function checkName(name: string): WitnessEntry {
  if (!/^[a-z0-9]*$/.test(name)) return { ok: false, problem: 'characters' };
  if (name.length < 3) return { ok: false, problem: 'too-short' };
  if (name.length > 24) return { ok: false, problem: 'too-long' };
  return { ok: true, account: name };
}
