import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The SDK reads the token from these cookies, the first one on a version 2 gateway (its data/cookie.ts). */
const COOKIES = ['WAC-XSRF', 'XSRF-TOKEN'];
const HEADER = 'x-xsrf-token';

/** Cookies for a page, unless the browser has them already: several emulators on one computer share cookies. */
export function xsrfCookies(request: IncomingMessage): readonly string[] {
  const present = cookies(request);
  const token = COOKIES.map(name => present.get(name)).find(Boolean) ?? randomBytes(18).toString('base64url');
  return COOKIES.filter(name => !present.has(name)).map(name => `${name}=${token}; Path=/; SameSite=Strict`);
}

/** Whether the header repeats the cookie, which a page of another site can neither read nor send along. */
export function xsrfMatches(request: IncomingMessage): boolean {
  const header = request.headers[HEADER];
  if (typeof header !== 'string' || header === '') return false;
  const present = cookies(request);
  return COOKIES.some(name => same(present.get(name) ?? '', header));
}

function same(cookie: string, header: string): boolean {
  const [a, b] = [Buffer.from(cookie), Buffer.from(header)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function cookies(request: IncomingMessage): ReadonlyMap<string, string> {
  const pairs = (request.headers.cookie ?? '').split(';').map(pair => {
    const [name = '', ...value] = pair.trim().split('=');
    return [name, value.join('=')] as const;
  });
  return new Map(pairs);
}
