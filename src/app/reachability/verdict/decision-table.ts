import type { Cause } from './causes';

/** A row of `docs/verdicts.md`, for people who want to know by what a verdict is given. */
export interface DecisionRow {
  /** What must have been seen. */
  readonly evidence: string;
  /** The likeliest first. */
  readonly likely: readonly string[];
  /** What to ask the owner for; '' when nobody is asked. */
  readonly ask: string;
}

/**
 * Every cause, with what it is given by. The rules themselves are in `verdict.ts`, `address-cause.ts`,
 * `certificate-cause.ts` and `http-cause.ts`; the sentences for users in the strings file.
 */
export const DECISIONS: Readonly<Record<Cause, DecisionRow>> = {
  answered: {
    evidence:
      "TLS with a chain that is known to be the services' own, or over plain HTTP a mark of the service, or what only this host answers to its real client",
    likely: ['the way is open'],
    ask: '',
  },
  'answered-elsewhere': {
    evidence: 'TLS proven, status 3xx, and the list does not have the host in `Location`',
    likely: ['the service moved what it serves', 'a short link'],
    ask: 'the next host, on the port that the redirect names',
  },
  'answered-refusal': {
    evidence: 'TLS proven, status 401, 403, 407 or 451, whatever marks are missing',
    likely: ['the service wants a sign-in', 'its own access rules refuse the node'],
    ask: '',
  },
  'answered-failure': {
    evidence: 'TLS proven, status 5xx',
    likely: ['the service or its content network is ill'],
    ask: '',
  },
  'other-public-authority': {
    evidence:
      'the node trusts the chain, its root is one of the public web, and no service of the list is known to use it',
    likely: ['the service moved to another authority', 'a proxy in a cloud answers for it'],
    ask: 'which proxy answers for this host',
  },
  'signed-by-unknown': {
    evidence: 'own rule: the node trusts the chain, and nobody known signed it',
    likely: ["the organization's own authority", 'a device that inspects TLS'],
    ask: '',
  },
  'answered-unproven': {
    evidence: 'plain HTTP, a status that a web service sends, and no mark of the service',
    likely: ['the service, which sends no mark', 'a filter that answers in its place'],
    ask: 'which device answers for this host',
  },
  'issuer-not-seen': {
    evidence: 'TLS accepted by the node, and its way of probing does not tell certificates',
    likely: ['an older curl.exe on the node'],
    ask: '',
  },
  connected: {
    evidence: 'protocol tcp, connected',
    likely: ['the service listens', 'a transparent proxy accepts everything'],
    ask: '',
  },
  'connected-web-port': {
    evidence: 'protocol tcp on 80 or 443, connected',
    likely: ['the service listens', 'a transparent proxy accepts everything'],
    ask: '',
  },
  'no-such-name': {
    evidence: 'the name server answered NXDOMAIN, or without an address',
    likely: ['a DNS filter hides it', 'a missing forwarder', 'the name is gone'],
    ask: 'this name to be resolved for the nodes',
  },
  'name-server-silent': {
    evidence: 'no answer to the look-up',
    likely: ['wrong name servers on the node', 'port 53 is closed', 'the server is down'],
    ask: 'UDP and TCP 53 from the node to its name servers',
  },
  'name-server-failed': {
    evidence: 'the name server answered SERVFAIL or REFUSED',
    likely: ['its forwarders do not answer', 'it may not ask the internet'],
    ask: 'a look at the forwarders',
  },
  'blocked-by-name': {
    evidence: 'direct; every address is 0.0.0.0, 127.x, 169.254.x or the like',
    likely: ['a DNS filter that answers with a block address', 'the hosts file'],
    ask: 'this name to be allowed in the DNS filter',
  },
  'private-address-not-allowed': {
    evidence: 'direct; a host of Azure Arc resolves to private addresses only',
    likely: ['a private DNS zone for Arc', 'a DNS filter'],
    ask: 'this name to resolve to its public address',
  },
  'proxy-name-not-resolved': {
    evidence: 'the name of the proxy was not found',
    likely: ['a wrong name in the setting', 'wrong name servers'],
    ask: 'the name of the proxy to be resolved for the nodes',
  },
  'connection-refused': {
    evidence: 'a reset in answer to the first packet',
    likely: ['a firewall that rejects', 'nothing listens there'],
    ask: 'host and port to be allowed from the node',
  },
  'private-address-refused': {
    evidence: 'direct; private addresses only, and the connection was refused',
    likely: ['the private endpoint does not listen', "a DNS filter's own server"],
    ask: "the private endpoint's state, or the public address",
  },
  'connection-reset': {
    evidence: 'protocol tcp: cut as soon as it was made',
    likely: ['a firewall'],
    ask: 'host and port to be allowed from the node',
  },
  'blocked-on-node': {
    evidence: "the node's own filtering platform forbids it",
    likely: ['an outbound rule of Windows Defender Firewall', 'security software'],
    ask: 'the outbound rule on the node',
  },
  'proxy-refused': {
    evidence: "the proxy's address refused the connection",
    likely: ['a wrong port', 'the proxy is down'],
    ask: 'the proxy to accept the nodes',
  },
  'private-address': {
    evidence: 'direct; private addresses only, and no answer to the connection',
    likely: ['no way to the private endpoint', "a DNS filter's sinkhole"],
    ask: 'the way to this address, or the public address',
  },
  'connect-timed-out': {
    evidence: 'no answer to the connection',
    likely: ['a firewall that drops', 'no route back'],
    ask: 'host and port to be allowed from the node',
  },
  unreachable: {
    evidence: 'the network answered that there is no way',
    likely: ['a missing route', 'IPv6 alone, and the node has none'],
    ask: 'the route',
  },
  'tls-timed-out': {
    evidence: 'connected; no answer to the ClientHello',
    likely: ['a firewall that drops by name', 'a device that inspects and does not answer'],
    ask: 'the host name to be allowed',
  },
  'http-timed-out': {
    evidence: 'no answer to the request in time',
    likely: ['a filter that holds it back', 'a slow service'],
    ask: 'whether a filter holds the answer back',
  },
  'proxy-timed-out': {
    evidence: "no answer from the proxy's address",
    likely: ['a firewall before the proxy', 'the proxy is down'],
    ask: 'the way from the nodes to the proxy',
  },
  'proxy-unreachable': {
    evidence: 'the network answered that there is no way to the proxy',
    likely: ['a missing route'],
    ask: 'the route to the proxy',
  },
  'proxy-silent': {
    evidence: 'the proxy took CONNECT and did not answer',
    likely: ['the proxy itself cannot get out'],
    ask: 'whether the proxy reaches host and port',
  },
  'tls-reset': {
    evidence: 'a reset or a close after the ClientHello',
    likely: ['a firewall that blocks by name', 'an intrusion prevention system'],
    ask: 'the host name to be allowed',
  },
  'tls-alert': {
    evidence: 'an alert in answer to the ClientHello',
    likely: ['a firewall that blocks by name', 'a server that does not know the name'],
    ask: 'the host name to be allowed',
  },
  'tls-version': {
    evidence: 'alert protocol_version, or no version or cipher in common',
    likely: ['a device that ends TLS with old versions', 'cipher suites of the node cut down'],
    ask: 'TLS 1.2 for this host on the device',
  },
  'tls-not-tls': {
    evidence: 'what came is no TLS',
    likely: ['a block page in plain HTTP on 443', 'a wrong address'],
    ask: 'which device answers for this host',
  },
  'tls-handshake-failed': {
    evidence: 'the handshake failed in another way',
    likely: ['a device that inspects'],
    ask: 'which device ends TLS for this host',
  },
  'root-missing': {
    evidence:
      'not trusted (`PartialChain`, `UntrustedRoot`), and an authority of the services stands above the leaf, by thumbprint',
    likely: ['the node may not fetch roots from ctldl.windowsupdate.com', 'automatic root update is off'],
    ask: 'ctldl.windowsupdate.com, port 80',
  },
  'chain-incomplete': {
    evidence: '`PartialChain`, only the leaf came, and it names an authority of the services',
    likely: ['the node may not fetch the certificate between', 'the server sends too little'],
    ask: 'the hosts of the authority, port 80',
  },
  'certificate-untrusted': {
    evidence: 'not trusted, and nobody known signed it',
    likely: ['a device that inspects', 'a block page on 443'],
    ask: 'this host to be exempt from inspection',
  },
  'certificate-expired': {
    evidence: '`NotTimeValid`, and its time is over',
    likely: ["the node's clock is ahead", 'a device with an old certificate'],
    ask: 'the certificate on the device',
  },
  'certificate-not-yet-valid': {
    evidence: "`NotTimeValid`, and its time begins later than the node's clock",
    likely: ["the node's clock is behind"],
    ask: 'UDP 123 to the time source',
  },
  'certificate-wrong-name': {
    evidence: 'the certificate is for another name',
    likely: ['a block page', 'a wrong address'],
    ask: 'which device answers for this host',
  },
  'certificate-missing': {
    evidence: 'the handshake ended without a certificate',
    likely: ['no TLS server'],
    ask: 'which device answers for this host',
  },
  'certificate-invalid': {
    evidence: 'the node refuses it in another way, for example as revoked',
    likely: ['a device with a bad certificate'],
    ask: 'the certificate on the device',
  },
  'inspecting-product': {
    evidence: "trusted, and the authority's name is that of a product that inspects",
    likely: ['TLS inspection'],
    ask: 'this host to be exempt from inspection',
  },
  'unknown-root': {
    evidence: 'listed host: trusted, and no authority of the services nor of the public web signed it',
    likely: ["TLS inspection with the organization's own authority"],
    ask: 'this host to be exempt from inspection',
  },
  'http-forbidden': {
    evidence: 'plain HTTP, 403 or 451 without a mark of the service',
    likely: ["a web filter's page"],
    ask: 'this host to be allowed, for plain HTTP',
  },
  'http-unavailable': {
    evidence: 'plain HTTP, 502, 503 or 504 without a mark of the service',
    likely: ['a filter or gateway that cannot go on', 'the service is ill'],
    ask: 'whether a device answers for this host',
  },
  'http-filter-status': {
    evidence: 'plain HTTP, a status that no web service sends (470, 418 …), without a mark',
    likely: ['a firewall without a rule for it, such as Azure Firewall (470)'],
    ask: 'an application rule for this host and plain HTTP',
  },
  'transparent-proxy': {
    evidence: 'direct, plain HTTP, a refusal that a forward proxy signed (`X-Squid-Error`, `Via`, `Server`)',
    likely: ['a transparent proxy without a rule for the host'],
    ask: 'this host to be allowed on the transparent proxy',
  },
  'http-redirected-away': {
    evidence: 'plain HTTP, a redirect to another domain, without a mark',
    likely: ['a block page', 'a sign-in page of the network'],
    ask: 'this host to be allowed; the target names the device',
  },
  'http-login-page': {
    evidence: 'plain HTTP, 511',
    likely: ['a sign-in page of the network (captive portal)'],
    ask: 'the nodes to be exempt from the sign-in',
  },
  'http-closed': {
    evidence: 'closed or reset without an answer to the request',
    likely: ['a web filter'],
    ask: 'this host to be allowed in the web filter',
  },
  'http-not-http': {
    evidence: 'what came is no HTTP',
    likely: ['a wrong address', 'another device'],
    ask: 'which device answers for this host',
  },
  'proxy-policy': {
    evidence:
      'the proxy answered with a status below 500, not 407, or over plain HTTP a refusal that is its own',
    likely: ['no rule for the host', 'the proxy lets CONNECT through to port 443 only'],
    ask: 'host and port to be allowed on the proxy',
  },
  'proxy-could-not-reach': {
    evidence: 'the proxy answered 5xx',
    likely: ['the proxy does not resolve the name', 'the firewall does not let the proxy out'],
    ask: 'the way from the proxy to host and port',
  },
  'proxy-closed': {
    evidence: 'the proxy closed without an answer',
    likely: ['a filter before the proxy'],
    ask: "the proxy's log at this time",
  },
  'proxy-not-http': {
    evidence: 'what answers for the proxy speaks no HTTP',
    likely: ['a wrong port', 'a SOCKS proxy'],
    ask: 'host and port of the proxy',
  },
  'proxy-wants-credentials': {
    evidence: '407',
    likely: ['the proxy wants a sign-in'],
    ask: 'the nodes to be exempt from authentication',
  },
  'node-down': {
    evidence: 'the cluster says so',
    likely: ['the node is off'],
    ask: '',
  },
  'node-unreachable': {
    evidence: 'the gateway cannot open a session',
    likely: ['WinRM is off or closed', 'the node is starting'],
    ask: '',
  },
  'access-denied': {
    evidence: 'the gateway or the node refuses the account',
    likely: ['no administrator of the node', "no listener for the gateway's way of connecting"],
    ask: '',
  },
  'constrained-language': {
    evidence: 'the script needs the full language',
    likely: ['application control'],
    ask: '',
  },
  'script-failed': {
    evidence: 'the script ended with an error',
    likely: ['security software'],
    ask: '',
  },
  'call-timed-out': {
    evidence: 'no end in time',
    likely: ['a busy node'],
    ask: '',
  },
  'gateway-failed': {
    evidence: 'the gateway did not answer',
    likely: ['the gateway was restarted'],
    ask: '',
  },
  'proxy-setting-unreadable': {
    evidence: 'the proxy setting is no text that can be read',
    likely: ['a damaged value'],
    ask: '',
  },
  'no-report': {
    evidence: 'the script ended without a word on this endpoint',
    likely: ['security software that stops scripts'],
    ask: '',
  },
  'unclear-report': {
    evidence: 'the phases contradict each other, or the only answer is a 1xx',
    likely: ['a fault of this tool'],
    ask: '',
  },
  'probe-failed': {
    evidence: 'a code that no rule knows',
    likely: ['a cause on the node'],
    ask: '',
  },
  'node-too-slow': {
    evidence: 'no end, and the node did not run the probe for most of the time',
    likely: ['a starved processor', 'a paused machine'],
    ask: '',
  },
  deadline: {
    evidence: 'the time of the whole check was over',
    likely: ['too little time for so many endpoints'],
    ask: '',
  },
  cancelled: {
    evidence: 'the administrator ended the check',
    likely: ['cancelled'],
    ask: '',
  },
  interrupted: {
    evidence: 'the page was reloaded during the check',
    likely: ['a reload'],
    ask: '',
  },
  'wildcard-without-name': {
    evidence: 'a wildcard whose name the administrator can give',
    likely: ['the name was not given'],
    ask: '',
  },
  'wildcard-without-known-host': {
    evidence: 'a wildcard of which no host is published',
    likely: ['nothing is published'],
    ask: '',
  },
  'needed-by-browser': {
    evidence: "the administrator's browser connects",
    likely: ["not a node's traffic"],
    ask: '',
  },
  'needed-by-guest': {
    evidence: 'a guest connects',
    likely: ["not a node's traffic"],
    ask: '',
  },
  'needed-by-appliance': {
    evidence: 'the appliance connects',
    likely: ["not a node's traffic"],
    ask: '',
  },
  'needed-by-gateway': {
    evidence: 'the gateway connects',
    likely: ["not a node's traffic"],
    ask: '',
  },
  'udp-not-probed': {
    evidence: 'protocol udp',
    likely: ['silence would prove nothing'],
    ask: '',
  },
};
