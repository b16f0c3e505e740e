import * as fc from 'fast-check';
import { ANSWER, chainTo, endedAt, observed } from '../../../../test/jest/observations';
import { readClientRoutes } from '../plan/client-routes';
import { makePlan } from '../plan/probe-plan';
import type { ObservedCertificate, Observation } from '../probe/observation';
import { probeCommands } from '../run/checks/probe-call';
import { KNOWN_AUTHORITIES } from './certificates/known-authorities';
import { ownerOf } from './causes';
import { NO_FACTS } from './endpoint-facts';
import { toResult } from './result';
import { judge } from './verdict';
import { isFailure, isProven } from './verdicts';

/**
 * What was reported from the field, each as the kind of which it is one example: what would be a false green, and what
 * would be a false red.
 */
const verdictOf = (observation: Observation, about = NO_FACTS) =>
  judge(observation, KNOWN_AUTHORITIES, about);
const plain = (http: Partial<typeof ANSWER>, change: Partial<Observation> = {}): Observation =>
  observed({ protocol: 'http', port: 80, ...change, http: { ...ANSWER, ...http } });

const MARKS = ['x-ms-request-id', 'x-azure-ref', 'x-msedge-ref', 'ms-cv'];
/** Headers and software that services and filters share. */
const NO_MARKS = [
  'date',
  'content-length',
  'content-type',
  'x-cache',
  'cf-ray',
  'x-frame-options',
  'x-msn',
  'xx-ms-a',
  // Application Insights, in whoever's web server
  'request-context',
];
const status = fc.integer({ min: 200, max: 999 });
const unmarked = fc.record({
  status,
  server: fc.constantFrom(
    '',
    'nginx',
    'Microsoft-IIS/10.0',
    'AkamaiGHost',
    'WebFilter',
    'Microsoft-HTTPAPI/2.0',
    'Microsoft-Azure-Application-Gateway/v2',
  ),
  headers: fc.subarray(NO_MARKS),
  contentType: fc.constantFrom('text/html', 'text/plain', 'application/json'),
  location: fc.constantFrom(
    '',
    '/x',
    'http://portal.contoso.com/',
    'https://a.example/',
    'http://[',
    'javascript:1',
  ),
});

/** Azure Firewall's 470 (V1), a filter's 204 (V2). */
describe('Plain HTTP without a mark', () => {
  it('is never green, whatever the status, the software and the way', () => {
    fc.assert(
      fc.property(unmarked, fc.constantFrom('direct', 'proxy'), fc.string(), (http, route, via) => {
        expect(isProven(verdictOf(plain({ ...http, via }, { route })).verdict)).toBe(false);
      }),
    );
  });

  it('is red for what no web service sends, and for that of a proxy the proxy is named', () => {
    const strange = [
      209, 299, 306, 309, 399, 418, 419, 420, 430, 440, 449, 460, 470, 471, 494, 499, 512, 520, 530, 561, 598,
      600, 999,
    ];
    for (const each of strange) {
      expect(verdictOf(plain({ status: each })).verdict).toBe('http-blocked');
      expect(verdictOf(plain({ status: each }, { route: 'proxy' })).verdict).toBe('proxy-denied');
      // What a proxy passed on is what stands behind it.
      expect(verdictOf(plain({ status: each, via: '1.1 proxy' }, { route: 'proxy' })).verdict).toBe(
        'http-blocked',
      );
    }
  });

  it('is not red for a good status alone', () => {
    for (const each of [200, 201, 202, 203, 204, 206, 304, 400, 401, 404, 405, 410, 429, 500])
      expect(verdictOf(plain({ status: each })).verdict).toBe('not-proven');
  });

  it('is green with a mark, whatever the status', () => {
    fc.assert(
      fc.property(unmarked, fc.constantFrom(...MARKS), (http, mark) => {
        const marked = plain({ ...http, headers: [...http.headers, mark] });
        if (http.status !== 407) expect(verdictOf(marked).verdict).toBe('reachable');
      }),
    );
  });
});

/** A redirect of aka.ms to a search engine (V3). */
describe('A redirect behind a proven certificate', () => {
  it('is green and says where it leads, unless the list goes there', () => {
    const lists = { own: false, lists: (host: string) => host === 'www.microsoft.com' };
    for (const each of [301, 302, 303, 307, 308]) {
      const to = (location: string) =>
        verdictOf(observed({ host: 'aka.ms', http: { ...ANSWER, status: each, location } }), lists).cause;
      expect(to('https://www.bing.com/?ref=aka')).toBe('answered-elsewhere');
      expect(to('HTTP://WWW.SEARCH.EXAMPLE:8080/')).toBe('answered-elsewhere');
      expect(to('https://www.microsoft.com/x')).toBe('answered');
      expect(to('/x')).toBe('answered');
      // A mark in plain HTTP proves the service, too, and says no more of where it leads.
      const marked = (location: string) =>
        verdictOf(
          plain({ status: each, location, headers: ['x-ms-request-id'] }, { host: 'go.microsoft.com' }),
          lists,
        ).cause;
      expect(marked('https://www.bing.com/?ref=aka')).toBe('answered-elsewhere');
      expect(marked('https://www.microsoft.com/x')).toBe('answered');
    }
  });
});

/** Microsoft's own chain called intercepted (V4), a missing root called a device (V5). */
describe('A chain', () => {
  const issuing = [...KNOWN_AUTHORITIES.issuing];
  const link = (subject: string, issuer: string, thumbprint = 'AB'): ObservedCertificate => ({
    ...{ subject, issuer, thumbprint },
    notBefore: '2026-01-01T00:00:00.000Z',
    notAfter: '2027-01-01T00:00:00.000Z',
  });

  it('of every authority that the services are known to use is green, whatever the answer', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KNOWN_AUTHORITIES.roots), status, (root, code) => {
        const certificates = chainTo(`CN=${root.commonName}, O=${JSON.stringify(root.organization)}`);
        const { verdict } = verdictOf(observed({ certificates, http: { ...ANSWER, status: code } }));
        expect(verdict).toBe('reachable');
      }),
    );
  });

  it('below an authority of Azure that the node does not trust is the node’s to mend, and names no device', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...issuing),
        fc.constantFrom('PartialChain', 'UntrustedRoot'),
        fc.boolean(),
        (thumbprint, error, isWhole) => {
          const root = link('CN=New Root', 'CN=New Root');
          const chain = [link('CN=host', 'CN=I'), link('CN=I', 'CN=New Root', thumbprint.toLowerCase())];
          const seen = endedAt(
            { phase: 'tls', code: 'Untrusted' },
            {
              certificates: isWhole ? [...chain, root] : chain,
              tlsErrors: ['RemoteCertificateChainErrors', error],
            },
          );
          const { verdict, cause } = verdictOf(seen);
          expect([verdict, cause, ownerOf(cause)]).toEqual(['tls-failed', 'root-missing', 'server']);
        },
      ),
    );
  });

  it('that only resembles that of a known authority is never green', () => {
    const spoil = fc.constantFrom(
      (name: string) => `${name} `.replace(/ $/, '.'),
      (name: string) => `The ${name}`,
      (name: string) => name.replace(/[0-9A-Z]$/i, 'X') + 'Y',
      (name: string) => `${name}, CN=Second`,
      (name: string) => `x, OU=${name}`,
      (name: string) => `${name}, O=Contoso`,
    );
    fc.assert(
      fc.property(fc.constantFrom(...KNOWN_AUTHORITIES.roots), spoil, (root, change) => {
        const certificates = chainTo(`CN=${change(root.commonName)}`);
        expect(verdictOf(observed({ certificates })).verdict).not.toBe('reachable');
      }),
    );
  });

  it('is never green that the node does not accept, and never red of a public authority that it does', () => {
    const error = fc.constantFrom(
      'UntrustedRoot',
      'PartialChain',
      'NotTimeValid',
      'Revoked',
      'NotSignatureValid',
      'Odd',
    );
    fc.assert(
      fc.property(fc.constantFrom(...KNOWN_AUTHORITIES.roots), error, (root, each) => {
        const certificates = chainTo(`CN=${root.commonName}`);
        const seen = endedAt({ phase: 'tls', code: 'Untrusted' }, { certificates, tlsErrors: [each] });
        expect(verdictOf(seen).verdict).toBe('tls-failed');
      }),
    );
    for (const root of KNOWN_AUTHORITIES.publicRoots) {
      const { verdict } = verdictOf(observed({ certificates: chainTo(root.subject) }));
      expect(isFailure(verdict)).toBe(false);
    }
  });

  it.each([
    'CN=Zscaler Intermediate Root CA (zscalerthree.net), O=Zscaler Inc.',
    'CN=goskope.com, O=Netskope',
    'CN=FGT60F, O=Fortinet',
    'CN=Sophos SSL CA_C01, O=Sophos',
    'CN=Check Point Security Gateway',
    'CN=Fireware HTTPS Proxy Authority, O=WatchGuard_Technologies',
    'CN=SonicWall Firewall DPI-SSL',
    'CN=Blue Coat SG, O=Blue Coat',
    'CN=McAfee Web Gateway',
    'CN=Cisco Umbrella Primary SubCA',
    'CN=Gateway CA - Cloudflare Managed G1',
    'CN=Cato Networks CA',
    'CN=Websense Public Primary Certificate Authority',
    'CN=Untangle, O=Untangle',
    'CN=Kaspersky Anti-Virus Personal Root Certificate',
    'CN=DO_NOT_TRUST_FiddlerRoot',
    'CN=Company Inspection 2026, DC=corp, DC=contoso',
  ])('of a device that opens TLS is red, whatever it answers: %s', root => {
    for (const code of [200, 302, 403, 503]) {
      const seen = observed({ certificates: chainTo(root), http: { ...ANSWER, status: code } });
      expect(verdictOf(seen).verdict).toBe('tls-intercepted');
    }
  });
});

/** A transparent proxy accepts every connection (V6). */
describe('An open TCP port', () => {
  it('is neither green nor red, whatever its number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 65_535 }), fc.constantFrom('direct', 'proxy'), (port, route) => {
        const { verdict, cause } = verdictOf(observed({ protocol: 'tcp', port, route }));
        expect(verdict).toBe('not-proven');
        expect(cause).toBe(port === 80 || port === 443 ? 'connected-web-port' : 'connected');
      }),
    );
  });
});

/** The Arc agent does not use WinINet's proxy (V7). */
describe('The way of the Arc agent', () => {
  const proxy = fc
    .tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 65_535 }))
    .map(([name, port]) => `${name}.proxy.example:${port}`);
  const settings = fc.record({
    wininet: fc.option(proxy, { nil: '' }),
    own: fc.option(proxy, { nil: '' }),
    variable: fc.option(proxy, { nil: '' }),
    exceptions: fc.subarray([
      '.svc',
      'localhost',
      'azure.com',
      '*.guestnotificationservice.azure.com',
      '10.0.0.0/8',
    ]),
    /** Names of services: of ARM the agent's document tells the hosts, none of these; of AMPLS it tells none. */
    groups: fc.constantFrom('', '', 'ARM', 'AMPLS'),
    isThere: fc.boolean(),
  });
  const host = fc.constantFrom(
    'gbl.his.arc.azure.com',
    'guestnotificationservice.azure.com',
    'x.guestnotificationservice.azure.com',
    'agent.svc',
    'pas.windows.net',
  );
  const isBelow = (name: string, entry: string): boolean => {
    const end = entry.replace(/^\*(?=\.)/, '');
    return end.startsWith('.') ? name.endsWith(end) : name === end || name.endsWith(`.${end}`);
  };

  it('is its own address, else the variable, and never that of WinINet', () => {
    fc.assert(
      fc.property(settings, host, (set, name) => {
        const clients = readClientRoutes({
          values: [
            `env.HTTPS_PROXY=String|${set.variable && `http://${set.variable}`}`,
            `env.NO_PROXY=String|${set.exceptions.join(',')}`,
          ],
          arcAgent: set.isThere
            ? { proxyUrl: set.own && `http://${set.own}`, proxyBypass: set.groups }
            : null,
        });
        const row = (id: string, connects?: 'agent') => ({
          ...({ host: name, port: 443, protocol: 'https', rule: { id } } as const),
          ...(connects && { connects }),
        });
        const way = (connects?: 'agent') => {
          const plan = makePlan([row('r', connects)]);
          const limits = { TimeoutMs: 1, DeadlineMs: 1, MaxConcurrent: 1 };
          const routes = { server: set.wininet, bypass: [], clients };
          const [asked] = probeCommands(plan.targets, routes, limits).byCurl.parameters.Endpoints;
          const [target] = plan.targets;
          if (asked === undefined || target === undefined) throw new Error('nothing is asked');
          const route = asked.proxy === '' ? 'direct' : 'proxy';
          const seen = observed({ route, proxy: asked.proxy, ...(asked.client && { client: asked.client }) });
          return toResult('n', target, seen, KNOWN_AUTHORITIES).route;
        };
        const through = (server: string) =>
          server === '' ? { kind: 'direct' } : { kind: 'proxy', proxy: server };
        const variable = set.exceptions.some(entry => isBelow(name, entry)) ? '' : set.variable;
        // Where the agent does not say how it goes, nobody says that its way was tested; without a proxy no word is for it.
        const hasNone = set.own === '' && variable === '';
        const isKnown = set.isThere && (hasNone || ['', 'ARM'].includes(set.groups));
        expect(way('agent')).toEqual(
          isKnown
            ? { ...through(set.own === '' ? variable : set.own), client: 'agent' }
            : { ...through(set.wininet), notBy: 'agent' },
        );
        // And what the agent is set to is nobody else's way.
        expect(way()).toEqual(through(set.wininet));
      }),
    );
  });
});

/** Addresses that name servers give in place of a service's. */
describe('A block address', () => {
  it.each([
    '0.0.0.0',
    '::',
    '127.0.0.1',
    '127.0.53.53',
    '::1',
    '169.254.1.1',
    '240.0.0.1',
    '146.112.61.106',
    '::ffff:146.112.61.107',
    '::ffff:7f00:1',
    '::ffff:0:0',
    '208.91.112.55',
    '2001:cdba::3257:9652',
    '198.135.184.22',
  ])('is the DNS filter’s, whatever answers there: %s', address => {
    const at = (change: Partial<Observation>) => verdictOf(observed({ addresses: [address], ...change }));
    expect(at({}).cause).toBe('blocked-by-name');
    expect(ownerOf(at({}).cause)).toBe('dns');
    const shown = { tlsErrors: ['UntrustedRoot'], certificates: chainTo('CN=Block Page') };
    const page = endedAt({ phase: 'tls', code: 'Untrusted' }, { ...shown, addresses: [address] });
    expect(verdictOf(page).cause).toBe('blocked-by-name');
    // Through a proxy the addresses are the proxy's, and beside a real one it blocks nothing.
    expect(at({ route: 'proxy' }).cause).toBe('answered');
    expect(at({ addresses: [address, '20.1.2.3'] }).cause).toBe('answered');
  });
});

/** What stands where the proxy should be, or does not let through. */
describe('The answer to CONNECT', () => {
  it('is never the network’s nor the service’s, whatever its status', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 999 }),
        fc.constantFrom('https', 'tcp'),
        (proxyStatus, protocol) => {
          const change = { route: 'proxy', protocol, proxyStatus } as const;
          const { verdict, cause } = verdictOf(
            endedAt({ phase: 'proxy', code: `Status${proxyStatus}` }, change),
          );
          expect(['proxy-denied', 'proxy-credentials']).toContain(verdict);
          expect(ownerOf(cause, 'proxy')).toBe('proxy');
        },
      ),
    );
  });

  it.each([
    [401, 'proxy-wants-credentials'],
    [407, 'proxy-wants-credentials'],
    [511, 'proxy-wants-credentials'],
    [302, 'proxy-policy'],
    [403, 'proxy-policy'],
    [470, 'proxy-policy'],
    [999, 'proxy-policy'],
    [400, 'proxy-no-tunnel'],
    [404, 'proxy-no-tunnel'],
    [405, 'proxy-no-tunnel'],
    [501, 'proxy-no-tunnel'],
    [500, 'proxy-could-not-reach'],
    [502, 'proxy-could-not-reach'],
    [503, 'proxy-could-not-reach'],
    [504, 'proxy-could-not-reach'],
    [200, 'proxy-tunnel-closed'],
  ])('%i is %s', (proxyStatus, cause) => {
    expect(verdictOf(endedAt({ phase: 'proxy' }, { route: 'proxy', proxyStatus })).cause).toBe(cause);
  });
});

/** A page for people where a file is served: captive portals in any language, with any good status. */
describe('HTML in place of a file', () => {
  it.each([
    ['www.msftconnecttest.com', '/connecttest.txt'],
    ['crl3.digicert.com', '/DigiCertGlobalRootG2.crl'],
  ])('is a page of the network: %s%s', (host, path) => {
    for (const each of [200, 201, 202, 203, 206])
      for (const contentType of [
        'text/html',
        'text/html; charset=Shift_JIS',
        'TEXT/HTML;charset=utf-8',
        'application/xhtml+xml',
      ])
        expect(verdictOf(plain({ status: each, contentType }, { host, path })).cause).toBe(
          'http-other-content',
        );
    expect(verdictOf(plain({ status: 404, contentType: 'text/html' }, { host, path })).verdict).toBe(
      'not-proven',
    );
  });
});

/** Private endpoints (V10). */
describe('A private address', () => {
  const arc = [
    'gbl.his.arc.azure.com',
    'eus.his.arc.azure.com',
    'agentserviceapi.guestconfiguration.azure.com',
    'usgv.his.arc.azure.us',
    'guestnotificationservice.azure.com',
  ];
  it('is red for hosts of Azure Arc, and no fault of its own for platform services', () => {
    for (const host of arc)
      expect(verdictOf(observed({ host, addresses: ['10.0.0.5'] })).cause).toBe(
        'private-address-not-allowed',
      );
    for (const host of ['kv.vault.azure.net', 'acme.blob.core.windows.net', 'management.azure.com'])
      expect(verdictOf(observed({ host, addresses: ['10.0.0.5'] })).verdict).toBe('reachable');
  });

  it('is none beside a public one', () => {
    for (const host of arc)
      expect(verdictOf(observed({ host, addresses: ['10.0.0.5', '20.1.2.3'] })).verdict).toBe('reachable');
  });
});
