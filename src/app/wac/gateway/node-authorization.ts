import {
  AuthorizationManager,
  type AuthorizationTokenResponse,
} from '@microsoft/windows-admin-center-sdk/core/security/authorization-manager';
import { BehaviorSubject, defer, distinctUntilChanged, finalize, map, type Observable, of } from 'rxjs';

type Handle = AuthorizationManager['handleAjaxFailure'];

/**
 * The SDK's manager of credentials, with a node's question kept to that node. While the shell asks for the credentials of
 * one node, SDK 5.0.0 holds back the requests for all others, and fails them when the administrator gives none.
 */
export class NodeAuthorization extends AuthorizationManager {
  /** How many requests of a node wait for an answer, by its name in lower case. */
  private readonly waiting = new BehaviorSubject<ReadonlyMap<string, number>>(new Map());

  /** What a request waits for before it is sent: nothing. A node that refuses it waits by itself. */
  override get authAwaiter(): Observable<AuthorizationTokenResponse> {
    return of({ token: this.manageAsToken });
  }

  /** Whether the administrator is being asked for the credentials of this node, and each change of that. */
  isAsking(node: string): Observable<boolean> {
    return this.waiting.pipe(
      map(waiting => waiting.has(node.toLowerCase())),
      distinctUntilChanged(),
    );
  }

  override handleAjaxFailure(...args: Parameters<Handle>): ReturnType<Handle> {
    const node = args[3]?.toLowerCase() ?? '';
    return defer(() => {
      this.count(node, 1);
      return super.handleAjaxFailure(...args).pipe(finalize(() => this.count(node, -1)));
    });
  }

  private count(node: string, change: 1 | -1): void {
    const waiting = new Map(this.waiting.value);
    const next = (waiting.get(node) ?? 0) + change;
    if (next > 0) waiting.set(node, next);
    else waiting.delete(node);
    this.waiting.next(waiting);
  }
}
