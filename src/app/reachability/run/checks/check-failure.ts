import { RemoteError, type RemoteErrorKind } from '../../../wac/remote-shell';
import type { Cause } from '../../verdict/causes';

/** How a node's work ended, other than by its own end. */
export class CheckFailure extends Error {
  constructor(
    readonly reason: Cause,
    message: string,
  ) {
    super(message);
  }
}

const CAUSES_OF_FAILURE: Readonly<Record<RemoteErrorKind, Cause>> = {
  unreachable: 'node-unreachable',
  'access-denied': 'access-denied',
  script: 'script-failed',
  'constrained-language': 'constrained-language',
  timeout: 'call-timed-out',
  gateway: 'gateway-failed',
};

/** Why a node's work ended early. `message` comes from outside. */
export function failureOf(thrown: unknown): { readonly cause: Cause; readonly message: string } {
  if (thrown instanceof CheckFailure) return { cause: thrown.reason, message: thrown.message };
  if (thrown instanceof RemoteError) {
    return { cause: CAUSES_OF_FAILURE[thrown.kind], message: thrown.message };
  }
  return { cause: 'gateway-failed', message: thrown instanceof Error ? thrown.message : String(thrown) };
}
