/** What a firewall opens and a check tries. */
export interface Door {
  readonly host: string;
  readonly port: number;
  readonly protocol: string;
}

/** `host:port/protocol`: the id of an endpoint in plans, records and files, and its name for people. */
export function doorName({ host, port, protocol }: Door): string {
  return `${host}:${port}/${protocol}`;
}
