import { type Protocol, REQUIREMENTS, type Requirement } from '../../allowlist/catalog/catalog';
import { type HostProblem, readHost } from './own-host';

export const PROTOCOLS: readonly Protocol[] = ['https', 'http', 'tcp', 'udp'];
export const LONGEST_PURPOSE = 500;

/** A rule of the administrator's own. */
export interface OwnRule {
  /** Host name or wildcard in its ASCII form, or an IPv4 address. */
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly requirement: Requirement;
  readonly purpose: string;
}

export type OwnRuleField = keyof OwnRule;

/** As typed or read from a file: nothing is checked yet. */
export type OwnRuleDraft = Readonly<Record<OwnRuleField, string>>;

/** Codes by field; each has a sentence under `ownRules.problem.<field>.<code>`. */
export interface OwnRuleProblems {
  /** `duplicate`: another rule has the same host, port and protocol. */
  readonly host?: HostProblem | 'duplicate';
  readonly port?: 'missing' | 'range';
  readonly protocol?: 'unknown';
  readonly requirement?: 'unknown';
  readonly purpose?: 'missing' | 'too-long';
}

export type OwnRuleEntry =
  { readonly ok: true; readonly rule: OwnRule } | { readonly ok: false; readonly problems: OwnRuleProblems };

/** Reads a rule; `others` are those beside which it will stand, so without the one that is being edited. */
export function readOwnRule(draft: OwnRuleDraft, others: readonly OwnRule[]): OwnRuleEntry {
  const host = readHost(draft.host);
  const port = readPort(draft.port);
  const protocol = PROTOCOLS.find(each => each === draft.protocol.trim().toLowerCase());
  const requirement = REQUIREMENTS.find(each => each === draft.requirement.trim().toLowerCase());
  const purpose = draft.purpose.trim().replace(/[\p{Cc}\s]+/gu, ' ');
  const purposeProblem =
    purpose === '' ? 'missing' : purpose.length > LONGEST_PURPOSE ? 'too-long' : undefined;
  if (
    host.ok &&
    typeof port === 'number' &&
    protocol !== undefined &&
    requirement !== undefined &&
    purposeProblem === undefined
  ) {
    const rule = { host: host.host, port, protocol, requirement, purpose };
    return others.some(other => isSameDoor(other, rule))
      ? { ok: false, problems: { host: 'duplicate' } }
      : { ok: true, rule };
  }
  return {
    ok: false,
    problems: {
      ...(host.ok ? {} : { host: host.problem }),
      ...(typeof port === 'number' ? {} : { port }),
      ...(protocol === undefined && { protocol: 'unknown' }),
      ...(requirement === undefined && { requirement: 'unknown' }),
      ...(purposeProblem !== undefined && { purpose: purposeProblem }),
    },
  };
}

function isSameDoor(a: OwnRule, b: OwnRule): boolean {
  return a.host === b.host && a.port === b.port && a.protocol === b.protocol;
}

function readPort(entry: string): number | 'missing' | 'range' {
  const text = entry.trim();
  if (text === '') return 'missing';
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65535 ? port : 'range';
}
