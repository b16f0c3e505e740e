import type { Door } from './format-code.ts';

export interface Request extends Door {
  /** What the request tries, for the message of a failure. */
  readonly tries: string;
}

/**
 * What every engine is asked of a list: each door itself, in capitals and at a port beside it, names that only look
 * alike, and for wildcards one label, two labels, the apex and a name without the dot.
 */
export function requestsFor(rows: readonly Door[]): readonly Request[] {
  return rows.flatMap(row => {
    const ask = (host: string, tries: string, port = row.port): Request => ({ ...row, host, port, tries });
    const star = row.host.indexOf('*');
    if (star === -1)
      return [
        ask(row.host, 'itself'),
        ask(row.host.toUpperCase(), 'capitals'),
        ask(row.host, 'other port', row.port === 8443 ? 8444 : 8443),
        ask(`${row.host}.evil.example`, 'foreign suffix'),
        ask(`evil${row.host}`, 'longer first label'),
        ask(`below.${row.host}`, 'a name below it'),
      ];
    const start = row.host.slice(0, star);
    const name = row.host.slice(star + 2);
    return [
      ask(`${start}a1.${name}`, 'one label'),
      ask(`${start}A1.${name}`.toUpperCase(), 'capitals'),
      ask(`${start}a.b.${name}`, 'two labels'),
      ask(`b.${start}a.${name}`, 'a label before'),
      ask(name, 'apex'),
      ask(`${start}a1evil${name}`, 'no dot'),
      ask(`${start}a1.${name}.evil.example`, 'foreign suffix'),
      ask(`${start}a1.${name}`, 'other port', row.port === 8443 ? 8444 : 8443),
    ];
  });
}
