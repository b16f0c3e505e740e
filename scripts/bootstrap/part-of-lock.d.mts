export interface LockFile {
  readonly packages: Readonly<
    Record<
      string,
      {
        readonly version?: string;
        readonly dependencies?: Readonly<Record<string, string>>;
        readonly optionalDependencies?: Readonly<Record<string, string>>;
      }
    >
  >;
}

/**
 * The part of a package-lock.json (version 3) that some packages need, as the texts of a package.json and of a lock file
 * that `npm ci` takes. Throws when one is not in it.
 */
export function partOfLock(
  names: readonly string[],
  lock: LockFile,
): { readonly manifest: string; readonly lock: string };
