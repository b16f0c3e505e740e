/** What stands in place of a user name and password. */
const HIDDEN = '***';

/** What may stand before them in a proxy server: `https=`, `http://`. */
const BEFORE = '(?:(?:https?|ftp|socks[45]?)=)?(?:(?:https?|ftp|socks[45]?h?)://)?';
const HOST = '(?:[\\w.-]+|\\[[\\da-f:.]+\\])';
const HEAD = new RegExp(`^(${BEFORE})[^]*@`, 'i');
const WITHOUT = new RegExp(`^${BEFORE}${HOST}(?::\\d{1,5})?/?[;\\s]*$`, 'i');
const NEXT = /(?<=[;\s])(?=(?:https?|ftp|socks[45]?)(?:=|:\/\/))/i;

/**
 * A proxy server, or several (`http=a:1;https=b:2`), without the user name and password that may stand in it: `http://***@host:port`.
 * Made where values of nodes are read, so that no password is shown, kept or exported; what goes back to a node are its own raw values.
 */
export function hideCredentials(server: string): string {
  if (!server.includes('@')) return server;
  const parts = server.split(NEXT);
  // A password may hold any sign, those between servers too.
  const isClear = parts.every(part => part.includes('@') || WITHOUT.test(part));
  return (isClear ? parts : [server]).map(part => part.replace(HEAD, `$1${HIDDEN}@`)).join('');
}

/** The address of a script, whose path may hold an `@` of its own. */
export function hideInAddress(address: string): string {
  return new RegExp(`^https?://${HOST}(?::\\d{1,5})?(?:[/?#]|$)`, 'i').test(address)
    ? address
    : hideCredentials(address);
}

/** What a program said: behind an address with a password, it may cite a part of that once more, so the rest is left out. */
export function hideInWords(words: string): string {
  const at = /(?:https?:\/\/|[^\s:"']{1,100}:)[^]*@/i.exec(words)?.index;
  return at === undefined ? words : `${words.slice(0, at)}${HIDDEN}`;
}

/** Whether something was left out of a server, or of an address. */
export function isHidden(server: string): boolean {
  return server.includes(`${HIDDEN}@`);
}
