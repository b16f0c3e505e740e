import { covers } from '../../../allowlist/catalog/host-pattern';
import { httpEvidenceOf } from '../../plan/http-evidence';
import type { ObservedHttp, Observation } from '../../probe/observation';
import type { Cause } from '../causes';
import { type EndpointFacts, nextHost } from '../endpoint-facts';
import { carriesServiceMark, isProxysOwnAnswer } from './service-marks';

/**
 * What an HTTP answer shows. Behind TLS it has been proven before that the service speaks, so that nobody on the way can
 * have sent the answer, whatever it says. Over plain HTTP anybody can have sent it: only a mark of the service proves it.
 *
 * @param signer what the certificates showed, when they are not known as the service's own
 */
export function httpCause(
  observation: Observation,
  http: ObservedHttp,
  signer: Cause | undefined,
  about: EndpointFacts,
): Cause {
  // The answer to a request is never a 1xx; those come before it.
  if (http.status < 200) return 'unclear-report';
  if (signer !== undefined) return signer;
  return observation.protocol === 'https'
    ? servicesAnswer(observation, http, about)
    : anybodysAnswer(observation, http, about);
}

function servicesAnswer(observation: Observation, http: ObservedHttp, about: EndpointFacts): Cause {
  const { status } = http;
  if (status >= 500) return 'answered-failure';
  if (REFUSALS.has(status)) return 'answered-refusal';
  return leadsElsewhere(observation, http, about) ? 'answered-elsewhere' : 'answered';
}

/** Whether an answer sends its callers on to a host that the list does not have. */
function leadsElsewhere(observation: Observation, http: ObservedHttp, about: EndpointFacts): boolean {
  const isRedirect = http.status >= 300 && http.status < 400;
  const next = isRedirect ? nextHost(observation, http.location) : undefined;
  return next !== undefined && !about.lists(next.host, next.port);
}

const REFUSALS: ReadonlySet<number> = new Set([401, 403, 407, 451]);

function anybodysAnswer(observation: Observation, http: ObservedHttp, about: EndpointFacts): Cause {
  const { status } = http;
  if (status === 407) return 'proxy-wants-credentials';
  if (isProven(observation, http)) return 'answered';
  if (carriesServiceMark(http))
    return leadsElsewhere(observation, http, about) ? 'answered-elsewhere' : 'answered';
  if (isOtherContent(observation, http)) return 'http-other-content';
  const cause = filtersAnswer(observation.host, http);
  // A status that the service may send, too, proves no filter while nobody saw whether it carries a mark.
  if (cause !== 'http-filter-status' && cause !== 'http-login-page' && isUnseen(observation))
    return 'headers-not-seen';
  const isProxys = observation.route === 'proxy' && cause !== 'answered-unproven' && isProxysOwnAnswer(http);
  if (!isProxys) return isTransparentProxys(observation, http, cause) ? 'transparent-proxy' : cause;
  return status >= 500 && cause === 'http-unavailable' ? 'proxy-could-not-reach' : 'proxy-policy';
}

function isUnseen({ unmeasured }: Observation): boolean {
  return unmeasured?.includes('headers') === true;
}

/** A page for people where this host serves a file of another kind: a block page, or a sign-in page. */
function isOtherContent(observation: Observation, { status, contentType = '' }: ObservedHttp): boolean {
  const evidence = httpEvidenceOf(observation.host);
  if (evidence?.path === undefined || observation.path !== evidence.path) return false;
  // 204 and 205 have no content, whatever type they say.
  const hasContent = status >= 200 && status < 300 && status !== 204 && status !== 205;
  return hasContent && PAGES.has(mediaType(contentType));
}

const PAGES: ReadonlySet<string> = new Set(['text/html', 'application/xhtml+xml']);

function mediaType(contentType: string): string {
  return contentType.toLowerCase().split(';')[0]?.trim() ?? '';
}

/** A refusal on the direct way that a forward proxy signed: it took the request although nobody sent it there. */
function isTransparentProxys({ route }: Observation, http: ObservedHttp, cause: Cause): boolean {
  return (
    route === 'direct' &&
    cause !== 'answered-unproven' &&
    (http.headers.includes('x-squid-error') ||
      /\b(squid|bluecoat|proxysg|zscaler|mwg|wcg|websense|forefront|ironport)\b/i.test(
        `${http.via} ${http.server}`,
      ))
  );
}

/** Whether the answer is what this host alone gives to what was asked. */
function isProven(observation: Observation, http: ObservedHttp): boolean {
  const evidence = httpEvidenceOf(observation.host);
  if (evidence === undefined || (observation.path ?? '/') !== (evidence.path ?? '/')) return false;
  const type = mediaType(http.contentType ?? '');
  // No file of these is empty; who takes a body away leaves its type.
  if (http.status === 200 && http.contentLength === 0) return false;
  if (http.status === 200) {
    const isLength = evidence.length === undefined || evidence.length === http.contentLength;
    if (isLength && evidence.contentTypes?.includes(type)) return true;
    // A page for people may repeat what was asked for.
    return evidence.body !== undefined && type !== 'text/html' && (http.body ?? '').includes(evidence.body);
  }
  const next = nextHost(observation, http.location);
  return (
    http.status >= 300 &&
    http.status < 400 &&
    next !== undefined &&
    (evidence.redirect ?? []).some(pattern => covers(pattern, next.host))
  );
}

/** Statuses with which filters and gateways answer in place of the service. */
const BLOCKING: Readonly<Record<number, Cause>> = {
  403: 'http-forbidden',
  451: 'http-forbidden',
  502: 'http-unavailable',
  503: 'http-unavailable',
  504: 'http-unavailable',
  511: 'http-login-page',
};

/**
 * Statuses that a web service sends: those of IANA's registry (https://www.iana.org/assignments/http-status-codes, without
 * the unused 306 and 418). Others are a filter's own, as 470 is Azure Firewall's.
 */
const SERVICE_STATUSES: ReadonlySet<number> = new Set([
  ...[200, 201, 202, 203, 204, 205, 206, 207, 208, 226],
  ...[300, 301, 302, 303, 304, 305, 307, 308],
  ...[400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417],
  ...[421, 422, 423, 424, 425, 426, 428, 429, 431, 451],
  ...[500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511],
]);

function filtersAnswer(host: string, http: ObservedHttp): Cause {
  const { status, location } = http;
  const blocked = BLOCKING[status];
  if (blocked !== undefined) return blocked;
  if (!SERVICE_STATUSES.has(status)) return 'http-filter-status';
  return status >= 300 && status < 400 && leadsAway(host, location)
    ? 'http-redirected-away'
    : 'answered-unproven';
}

/** Whether a redirect leads to a host of another domain. A relative one stays. */
function leadsAway(host: string, location: string): boolean {
  const target = URL.parse(location, `http://${host}/`);
  return target !== null && location !== '' && domainOf(target.hostname) !== domainOf(host);
}

/** The last two labels: enough to see that two names have nothing in common. An address is its own domain. */
function domainOf(host: string): string {
  const name = host.toLowerCase().replace(/\.$/, '');
  return /^[\d.]+$|^\[/.test(name) ? name : name.split('.').slice(-2).join('.');
}
