export const ALLOWLIST_FORMATS = ['json', 'csv'] as const;
export type AllowlistFormat = (typeof ALLOWLIST_FORMATS)[number];
