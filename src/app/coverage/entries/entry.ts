import type { Protocol } from '../../allowlist/catalog/catalog';

/**
 * The hosts that an entry opens. `exact`: one name or address. `below`: every name below it, at any depth, and itself
 * where `apex` is true. `label`: names with exactly one label before it. `part`: one label that begins with `start`,
 * before it. `ends`: every host that ends in the text, dot or not. `all`: every host.
 */
export type HostPattern =
  | { readonly kind: 'exact'; readonly name: string }
  | { readonly kind: 'below'; readonly name: string; readonly apex: boolean }
  | { readonly kind: 'label'; readonly name: string }
  | { readonly kind: 'part'; readonly start: string; readonly name: string }
  | { readonly kind: 'ends'; readonly text: string }
  | { readonly kind: 'all' };

/** Both ends belong to it. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** What a rule carries: `tunnel` is a proxy's CONNECT, which carries all but plain HTTP; `tcp` is all but UDP. */
export type Carried = Protocol | 'tunnel';

/** One thing that the firewall lets through today, as its configuration has it. */
export interface Entry {
  readonly pattern: HostPattern;
  /** Absent: the configuration does not say. */
  readonly port?: number | PortRange;
  /** Absent: not said. */
  readonly protocol?: Carried;
  /** Hosts of the pattern that it does not open: a line before it refuses them, or it leaves them out itself. */
  readonly but?: readonly { readonly pattern: HostPattern }[];
  /** The ports are the whole site's (Squid's `Safe_ports`): not the rule is wide, they are. */
  readonly sitePorts?: true;
  /** It has a path: a firewall that looks at paths opens no other. */
  readonly path?: true;
  /** From where alone, as it stands there; absent: from anywhere, or not said. */
  readonly sources?: string;
  /** Where it stands, from 1; absent where the file has no lines. */
  readonly line?: number;
  /** As it stands there, for people. */
  readonly text: string;
}

/** What a rule refuses. */
export interface Denial extends Entry {
  /** How many entries stand before it: a rule that closes a file refuses only what they have not let through. */
  readonly after: number;
  /** Whether the first rule that fits decides: then it refuses nothing of what stands before it. */
  readonly ordered?: true;
}

/** Why a part of the file is not an entry; the strings file has a sentence under `coverage.unread.<code>`. */
export type UnreadReason =
  /** Neither a name, an address nor a pattern. */
  | 'no-host'
  /** A star elsewhere than at the beginning of the name: formats read it in different ways, or not at all. */
  | 'star'
  /** A network of addresses: it cannot be compared with names. */
  | 'network'
  /** A rule that denies, and is compared. */
  | 'denies'
  /** A rule that denies, or may, and cannot be compared: what seems to be open may not be. */
  | 'may-deny'
  /** Something that stands elsewhere: a file, a variable, a tag, a category. */
  | 'elsewhere'
  /** An expression that this tool does not take apart. */
  | 'expression'
  /** A condition that this tool cannot judge: a time, a user, a rule that is switched off, an action it does not know. */
  | 'condition'
  /** A port or protocol that is none. */
  | 'port';

export interface Unread {
  readonly line?: number;
  readonly text: string;
  readonly reason: UnreadReason;
}

/** All that was found in what the network team has. Nothing is dropped: what is no entry is unread, with the reason. */
export interface Have {
  readonly entries: readonly Entry[];
  /** Also among the unread, for people. */
  readonly denials: readonly Denial[];
  readonly unread: readonly Unread[];
}
