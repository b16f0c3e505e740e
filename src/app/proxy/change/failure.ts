import { RemoteError, type RemoteErrorKind } from '../../wac/remote-shell';

/** Codes with which the proxy scripts begin their error messages. */
const SCRIPT_CODES = [
  'invalid-server',
  'invalid-bypass',
  'module-missing',
  'module-not-loaded',
  'invalid-value',
  'state-changed',
  'not-restorable',
  'change-closed',
  'snapshot-failed',
  'set-failed',
  'remove-failed',
  'restore-failed',
  'installer-missing',
  'gallery-unreachable',
  'install-failed',
] as const;

/** Why a call to a node failed; each has its sentence under `proxy.failure.<code>`. */
export type FailureCode =
  | RemoteErrorKind
  | (typeof SCRIPT_CODES)[number]
  /** The script ended well but gave nothing that could be understood. */
  | 'no-answer'
  /** A command that changes something came to an end without its last word: it was stopped on the way. */
  | 'cut-short';

export interface Failure {
  readonly code: FailureCode;
  /** The node's or gateway's own words, '' when there are none. From outside: show as text only. */
  readonly message: string;
}

/** Reads the script's code out of what the remote shell threw. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof RemoteError))
    return { code: 'gateway', message: error instanceof Error ? error.message : '' };
  const code =
    error.kind === 'script' ? SCRIPT_CODES.find(known => error.message.startsWith(`${known}:`)) : undefined;
  if (code === undefined) return { code: error.kind, message: error.message };
  return { code, message: error.message.slice(code.length + 1).trim() };
}

/**
 * Refusals by the script itself: the attempt that got one has changed nothing. A refusal by the gateway is none – it may
 * answer 401 or 403, or break off, long after the command began.
 */
export const REFUSED_BY_SCRIPT: readonly FailureCode[] = [
  'constrained-language',
  'invalid-server',
  'invalid-bypass',
  'invalid-value',
  'module-missing',
  'module-not-loaded',
  'state-changed',
  'not-restorable',
  'change-closed',
  'snapshot-failed',
];

/** Failures that the script told as its last word: it runs no more, and what it did is what can be read. */
export const ENDED_BY_SCRIPT: readonly FailureCode[] = [
  'script',
  'set-failed',
  'remove-failed',
  'restore-failed',
];
