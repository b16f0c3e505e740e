/** The packages with which the command line of the allowlist is made. */
export const ALLOWLIST: readonly string[];
