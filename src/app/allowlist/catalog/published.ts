import type { Origin, RuleUse } from './catalog';

/** Whether a place is in the published list itself, not in a text that we compared it with. */
export function isPublished({ source }: Origin): boolean {
  return source === 'document' || source.endsWith('.document');
}

/** Host and port as the document writes them. The part that only the owner knows is filled in or open all the same. */
export function publishedDoor(
  use: RuleUse,
  asWritten: Origin['asWritten'],
  listed: { readonly host: string; readonly port: number },
  answer: string | undefined,
): { readonly host: string; readonly port: number } {
  return {
    host: use.correction === undefined ? listed.host : writtenHost(use, asWritten, answer),
    port: writtenPort(asWritten) ?? listed.port,
  };
}

function writtenHost(
  { placeholder }: RuleUse,
  { url }: Origin['asWritten'],
  answer: string | undefined,
): string {
  const host = (/^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/:?#\s]+)/i.exec(url)?.[1] ?? url).toLowerCase();
  return placeholder === undefined ? host : host.replace(/^[^.]+/, answer ?? '*');
}

/** Undefined where none stands, or several in one cell: the rule then has the one that is meant. */
function writtenPort({ port = '' }: Origin['asWritten']): number | undefined {
  return /^\d{1,5}$/.test(port.trim()) ? Number(port) : undefined;
}
