import type { NotNode, Protocol, Requirement } from '../../allowlist/catalog/catalog';
import type { Text } from '../../ui/words/make-text';

/** One door that is to be opened: host, port and protocol, with what a person must know of it. */
export interface FirewallRow {
  /** A name, `*.x`, `azgn*.x`, or an IPv4 address; not checked yet. */
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly requirement: Requirement;
  /** Titles of the features that need it. */
  readonly features: readonly string[];
  /** One sentence a feature, in the features' order. */
  readonly purposes: readonly string[];
  /** What does not work without it, in words; absent where no source says. */
  readonly blocks?: readonly string[];
  /** What opening it also opens. */
  readonly risk?: string;
  readonly bypassInspection: boolean;
  /** Who opens the connections; the nodes, where they do too. */
  readonly connects: 'nodes' | NotNode;
  /** Titles of the documents that name it, with date and section. */
  readonly sources: readonly string[];
}

export interface FormatOptions {
  readonly t: Text;
  /** What the file holds, for people: edition, cloud and region. One line, free text. */
  readonly title: string;
  /** The day that the file bears. */
  readonly date: Date;
  /** Lines at the top of a file for people: who asks, and from where. */
  readonly facts?: readonly string[];
  /** Why a rule is asked for now, by `host:port/protocol`: a column of files for people. */
  readonly reasons?: ReadonlyMap<string, string>;
  /** The port of a list that cannot say ports; the most frequent one when absent. */
  readonly port?: number;
  /** Gives the file its name. */
  readonly fileName: (extension: string) => string;
}

/** What a format cannot say, or must not: never widened silently. */
export interface Skipped {
  readonly rule: FirewallRow;
  /** A sentence. */
  readonly reason: string;
}

export interface FormatFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
  readonly skipped: readonly Skipped[];
  /** What to know before it is used, as sentences. */
  readonly notes: readonly string[];
}

/** A format: pure, from rows to one self-contained file. */
export type WriteFormat = (rows: readonly FirewallRow[], options: FormatOptions) => FormatFile;
