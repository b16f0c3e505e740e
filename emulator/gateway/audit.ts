/** One thing that the gateway was asked to do on a node; for tests and for the curious, at `/api/__audit`. */
export interface AuditEntry {
  /** ISO 8601. */
  readonly at: string;
  readonly via: 'rest' | 'batch' | 'stream';
  readonly method: string;
  /** The node as the browser named it. */
  readonly node: string;
  /** What follows the node in the URL; '' for the stream. */
  readonly path: string;
  /** Name of the extension that asked. */
  readonly module: string;
  readonly command: string;
  /** The script as it came; '' for a request without one. */
  readonly script: string;
  /** `x-ms-sme-log-audit`: 'true', 'false' or '' when not sent. */
  readonly logAudit: string;
  readonly credentials: boolean;
  readonly jeaEndpoint: string;
}

const KEPT = 2000;

/** The newest things that the gateway was asked to do, each with its time. */
export class AuditLog {
  #entries: AuditEntry[] = [];

  add(entry: Omit<AuditEntry, 'at'>): void {
    this.#entries.push({ at: new Date().toISOString(), ...entry });
    if (this.#entries.length > KEPT) this.#entries = this.#entries.slice(-KEPT);
  }

  get entries(): readonly AuditEntry[] {
    return this.#entries;
  }
}
