import type { Source } from './catalog';

/** Where a source can be read in the very version that was used. */
export function sourceAddress({ url, repository, path, commit }: Source): string | undefined {
  if (url !== undefined) return url;
  if (repository === undefined || path === undefined || commit === undefined) return undefined;
  return encodeURI(`https://github.com/${repository}/blob/${commit}/${path}`);
}
