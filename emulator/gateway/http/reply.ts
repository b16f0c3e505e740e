import type { ScriptEnd, ScriptError, ScriptProgress } from '../../nodes/node-engine.ts';

/** One HTTP answer; `body` becomes JSON, absent means an empty body. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
}

/** How WAC words a PowerShell answer: `completed` is a string, `results` is always there. */
export interface PowerShellReply {
  readonly sessionId: string;
  readonly completed: 'True' | 'False';
  readonly results: readonly unknown[];
  readonly progress?: readonly ScriptProgress[];
  readonly errors?: readonly WireError[];
}

export interface WireError {
  readonly errorType: string;
  readonly message: string;
  readonly detailRecord: {
    readonly fullyQualifiedErrorId: string;
    readonly remoteExceptionMessage: string;
    readonly nativeErrorCode: null;
    readonly hResult: null;
  };
}

/** An error of the gateway itself, not of a script. */
export function gatewayError(
  status: number,
  code: string,
  message: string,
  more: Readonly<Record<string, string>> = {},
): Reply {
  return { status, body: { error: { code, message, ...more } } };
}

/** A script's errors as the gateway writes them. */
export function wireErrors(end: ScriptEnd): readonly WireError[] {
  return end.errors.map(wireError);
}

function wireError(error: ScriptError): WireError {
  return {
    errorType: error.type,
    message: error.message,
    detailRecord: {
      fullyQualifiedErrorId: error.fullyQualifiedErrorId,
      remoteExceptionMessage: error.message,
      nativeErrorCode: null,
      hResult: null,
    },
  };
}

/** A script that ended with errors answers 400; everything else that ran answers 200. */
export function powerShellReply(body: PowerShellReply): Reply {
  return { status: body.completed === 'True' && body.errors !== undefined ? 400 : 200, body };
}
