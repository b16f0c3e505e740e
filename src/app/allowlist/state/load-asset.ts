import type { AssetSource } from '../../wac/platform';

export type Loaded<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: T }
  /** `message` is technical; '' when the file came but is not what it should be. */
  | { readonly status: 'failed'; readonly message: string };

/** Never rejects. `read` gives undefined for what does not fit. */
export async function loadAsset<T>(
  assets: AssetSource,
  path: string,
  read: (json: unknown) => T | undefined,
): Promise<Loaded<T>> {
  try {
    const value = read(await assets.json(path));
    return value === undefined ? { status: 'failed', message: '' } : { status: 'ready', value };
  } catch (error) {
    return { status: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}
