import type { IncomingMessage } from 'node:http';

/**
 * What a tool served from another origin needs of the gateway, and only for that one origin, as WAC in development
 * mode gives it: credentialed CORS. The XSRF token is asked for as from everybody.
 */
export class Sideload {
  readonly origin: string;

  /** @param origin for example `http://localhost:4200` */
  constructor(origin: string) {
    this.origin = origin;
  }

  /** Headers for every answer of the API. */
  headers(request: IncomingMessage): Readonly<Record<string, string>> {
    if (request.headers.origin !== this.origin) return { Vary: 'Origin' };
    return {
      Vary: 'Origin',
      'Access-Control-Allow-Origin': this.origin,
      'Access-Control-Allow-Credentials': 'true',
    };
  }

  /** Headers for the browser's question before a request; undefined for a question that is not from this origin. */
  preflight(request: IncomingMessage): Readonly<Record<string, string>> | undefined {
    if (request.method !== 'OPTIONS' || request.headers.origin !== this.origin) return undefined;
    return {
      ...this.headers(request),
      'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
      'Access-Control-Allow-Headers': request.headers['access-control-request-headers'] ?? '',
    };
  }

  /** Where the shell page finds the tool: the SDK reads it from the address. Undefined: it already stands there. */
  pageWithTool(url: URL): string | undefined {
    if (url.pathname !== '/' || url.searchParams.get('sideload') === this.origin) return undefined;
    const target = new URL(url);
    target.searchParams.set('sideload', this.origin);
    return `${target.pathname}${target.search}`;
  }
}
