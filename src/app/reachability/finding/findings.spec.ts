import * as fc from 'fast-check';
import { ANSWER, chainTo, endedAt } from '../../../../test/jest/observations';
import { nodeNamed, runOf, type See } from '../../../../test/jest/runs';
import { englishStrings } from '../../../../test/jest/strings';
import { makeText } from '../../ui/words/make-text';
import type { Observation } from '../probe/observation';
import type { RunState } from '../run/run';
import { CAUSES } from '../verdict/causes';
import { isFailure } from '../verdict/verdicts';
import type { Finding, ListFact, Sentence } from './finding';
import { findingsOf } from './findings';
import { requestText } from './request-text';
import { say } from './say';
import { needsFinding } from './seen';

const t = makeText(englishStrings());
const NODES = ['node1', 'node2', 'node3'];
const DOORS = ['a.example:443', 'b.example:443', 'c.example:443', 'd.example:80', 'e.example:80'];
const PROXY = { route: 'proxy', proxy: 'proxy.example:8080' } as const;

const dropped = (): Partial<Observation> => endedAt({ phase: 'connect', outcome: 'timeout' });
const silent = (startedAt = '2026-11-24T07:00:03.000Z'): Partial<Observation> =>
  endedAt({ phase: 'name', outcome: 'timeout' }, { startedAt, addresses: [] });
const unknownName = (): Partial<Observation> =>
  endedAt({ phase: 'name', code: 'HostNotFound' }, { addresses: [] });
const signedBy = (root: string): Partial<Observation> => ({ certificates: chainTo(root) });

/** Only what differs from a success, `node host:port` first. */
function seeing(table: Readonly<Record<string, Partial<Observation>>>): See {
  return (node, { host, port }) => table[`${node} ${host}:${port}`] ?? table[`* ${host}:${port}`] ?? {};
}

function titles(run: RunState, facts: readonly ListFact[] = []): readonly string[] {
  return findingsOf(run, facts).map(finding => say(finding.title, t));
}

describe('The findings of a run', () => {
  it('are none when all was reached', () => {
    expect(findingsOf(runOf(NODES, DOORS), [])).toEqual([]);
  });

  it('name a resolver, not the names', () => {
    const run = runOf(NODES, DOORS, node => (node === 'node3' ? silent() : {}));
    expect(titles(run)).toEqual([
      'The name server of node3 does not answer: no name could be resolved there (5 hosts).',
    ]);
  });

  it('name the first of many nodes in the title, and all of them in the request', () => {
    const many = Array.from({ length: 64 }, (_, index) => `node${index + 1}`);
    const run = runOf(many, DOORS, node => (node === 'node64' ? {} : silent()));
    const [finding] = findingsOf(run, []);
    expect(finding && say(finding.title, t)).toMatch(/ node1, node2, node3 \(\+60\) /);
    const request = finding === undefined ? '' : requestText(finding, run, t);
    for (const node of many.slice(0, -1)) expect(request).toContain(`- ${node}`);
  });

  it('tell a resolver that stopped from one that never answered and from names that are held back', () => {
    const early = '2026-11-24T07:00:01.000Z';
    const stopped = runOf(NODES, DOORS, (node, { port }) =>
      node === 'node3' && port === 80 ? silent() : { startedAt: early },
    );
    expect(titles(stopped)).toEqual([
      'The name server of node3 stopped answering, or answers too little: d.example and e.example could not be resolved.',
    ]);
    const held = runOf(NODES, DOORS, seeing({ 'node3 b.example:443': silent('2026-11-24T06:59:00.000Z') }));
    expect(titles(held)).toEqual(['The name server gives no answer for b.example on node3.']);
  });

  it('name a name server that knows no name of the internet', () => {
    expect(titles(runOf(['node1'], DOORS, unknownName))).toEqual([
      'The name server of node1 knows no name of the internet: it says of every one that it does not exist (5 hosts).',
    ]);
  });

  it('name a missing name once for all nodes', () => {
    const run = runOf(NODES, DOORS, seeing({ '* a.example:443': unknownName() }));
    expect(titles(run)).toEqual(['a.example does not exist for the name server on all nodes.']);
  });

  it('name the device that opens TLS, and for whom', () => {
    const ca = 'CN=Contoso Inspection CA, O=Contoso';
    const run = runOf(NODES, DOORS, (_, { protocol }) => (protocol === 'https' ? signedBy(ca) : {}));
    expect(titles(run)).toEqual([
      'A device that signs as "Contoso Inspection CA" opens TLS for 3 hosts on all nodes.',
    ]);
    const [finding] = findingsOf(run, []);
    expect(finding?.owner).toBe('network');
    expect(finding?.context.map(each => say(each, t))).toEqual(['Hosts: a.example, b.example, c.example.']);
    expect(finding?.scope.allNodes).toBe(true);
  });

  it('ask for what is refused on a port: plain requests, connections, or both', () => {
    const denied = (protocol: string): Partial<Observation> =>
      protocol === 'http'
        ? { ...PROXY, http: { ...ANSWER, status: 403, server: 'squid', headers: ['x-squid-error'] } }
        : { ...endedAt({ phase: 'proxy' }, PROXY), proxyStatus: 403 };
    const asked = (more: readonly string[]): string | undefined => {
      const run = runOf(NODES, ['a.example:443', ...more], (_, { port, protocol }) =>
        port === 443 ? PROXY : denied(protocol),
      );
      const finding = findingsOf(run, []).find(({ kind }) => kind === 'proxy-port');
      return finding && say(finding.ask, t);
    };
    const plain = ['d.example:80', 'e.example:80', 'f.example:80'];
    expect(asked(plain)).toContain('(GET, not CONNECT)');
    expect(asked([...plain, 'g.example:80/tcp'])).toContain(
      'where the protocol is http, CONNECT for the others',
    );
    expect(asked(['g.example:8084'])).toBe(
      'Please allow CONNECT to this port on the proxy, for the destinations below.',
    );
  });

  it('name the port that a proxy refuses, and the hosts that it refuses otherwise', () => {
    const refused = { ...endedAt({ phase: 'proxy' }, PROXY), proxyStatus: 403 };
    const port = runOf(NODES, [...DOORS, 'f.example:8084', 'g.example:8084'], (_, target) =>
      target.port === 8084 ? refused : PROXY,
    );
    expect(titles(port)).toEqual([
      'The proxy proxy.example:8080 refuses port 8084 on all nodes: f.example:8084 and g.example:8084.',
    ]);
    const host = runOf(NODES, DOORS, (_, target) => (target.host === 'a.example' ? refused : PROXY));
    expect(titles(host)).toEqual(['The proxy proxy.example:8080 refuses a.example:443 on all nodes.']);
  });

  it('name a proxy that is gone, and what went through before', () => {
    const gone = endedAt({ phase: 'connect', code: 'ConnectionRefused' }, PROXY);
    const run = runOf(['node1', 'node2'], DOORS, (_, { host }) => (host === 'a.example' ? PROXY : gone));
    expect(titles(run)).toEqual(['The proxy proxy.example:8080 cannot be reached on all nodes.']);
    expect(findingsOf(run, [])[0]?.context.map(sentence => say(sentence, t))).toEqual([
      'In the same check the proxy let through: a.example:443.',
    ]);
  });

  it('name a proxy whose name is not resolved, for the DNS team', () => {
    const run = runOf(['node1'], DOORS, () => endedAt({ phase: 'name', outcome: 'timeout' }, PROXY));
    expect(titles(run)).toEqual(['The name of the proxy proxy.example:8080 cannot be resolved on node1.']);
    expect(findingsOf(run, [])[0]?.owner).toBe('dns');
  });

  it('name the node that lacks a rule which the others have', () => {
    const run = runOf(NODES, DOORS, seeing({ 'node2 a.example:443': dropped() }));
    expect(titles(run)).toEqual(['Only node2 lacks the rule for a.example:443: other nodes get through.']);
    expect(findingsOf(run, [])[0]?.context.map(sentence => say(sentence, t))).toEqual([
      'From node1, node3 there is an answer: a.example:443.',
    ]);
  });

  it('say by destination which nodes lack a rule, where each lacks another', () => {
    const each = { 'node1 a.example:443': dropped(), 'node2 b.example:443': dropped() };
    const run = runOf(NODES, DOORS, seeing({ ...each, 'node3 b.example:443': dropped() }));
    expect(titles(run)).toEqual([
      'Some nodes lack rules that others have: b.example:443 is blocked from node2, node3 only; a.example:443 is blocked from node1 only.',
    ]);
    const [finding] = findingsOf(run, []);
    expect(finding?.context.map(line => say(line, t))).toEqual([
      'From node1 there is an answer: b.example:443.',
      'From node2, node3 there is an answer: a.example:443.',
    ]);
    const text = requestText(finding as Finding, run, t);
    expect(text).toContain('- a.example, TCP 443 (https); from node1 only; addresses at the time: 192.0.2.1');
    expect(text).toContain('- b.example, TCP 443 (https); from node2, node3 only; addresses');
  });

  it('claim of no node what was not seen from it', () => {
    const unknown = runOf(
      NODES,
      DOORS,
      (node, target) =>
        node === 'node3' && target.host === 'a.example'
          ? undefined
          : seeing({ 'node2 a.example:443': dropped() })(node, target),
      () => 'interrupted',
    );
    expect(titles(unknown)).toEqual([
      'Some nodes lack rules that others have: a.example:443 is blocked from node2, not from node1.',
    ]);
    const down = runOf(
      ['node1', 'node2', nodeNamed('node3', 'down')],
      DOORS,
      seeing({ 'node2 a.example:443': dropped() }),
    );
    expect(titles(down)).toContain(
      'Some nodes lack rules that others have: a.example:443 is blocked from node2, not from node1.',
    );
    const byProxy = runOf(NODES, DOORS, (node, { host }) =>
      node !== 'node2' ? PROXY : host === 'a.example' ? dropped() : {},
    );
    expect(titles(byProxy)).toEqual(['The network does not let a.example:443 through on node2.']);
    expect(findingsOf(byProxy, [])[0]?.context.map(line => say(line, t))).toEqual([
      'From node1, node3 it is reached through a proxy, while these nodes went direct: a.example:443.',
    ]);
    const refused = { ...endedAt({ phase: 'proxy' }, PROXY), proxyStatus: 403 };
    const hosts = { 'node1 a.example:443': refused, 'node2 b.example:443': refused };
    const each = runOf(['node1', 'node2'], DOORS, (node, target) => ({
      ...PROXY,
      ...seeing(hosts)(node, target),
    }));
    expect(titles(each)).toEqual([
      'The proxy proxy.example:8080 refuses a.example:443 and b.example:443 on node1, node2 (not the same on each).',
    ]);
  });

  it('name a closed port, a node without a way out and a range of addresses', () => {
    const doors = [...DOORS, 'f.example:80'];
    expect(titles(runOf(NODES, doors, (_, { port }) => (port === 80 ? dropped() : {})))).toEqual([
      'Nothing gets out on port 80 on all nodes: 3 endpoints.',
    ]);
    expect(titles(runOf(NODES, doors, node => (node === 'node1' ? dropped() : {})))).toEqual([
      'Nothing gets out of node1 directly: none of 6 endpoints could be connected.',
    ]);
    const hosts = ['a.example', 'b.example', 'c.example'];
    const range = runOf(NODES, [...DOORS, 'f.example:443'], (_, { host }) =>
      hosts.includes(host)
        ? { ...dropped(), addresses: [`20.190.130.${hosts.indexOf(host) * 40}`] }
        : { addresses: ['13.1.1.1'] },
    );
    expect(titles(range)).toEqual([
      'Nothing answers in the address range 20.190.130.0/25 on all nodes: 3 endpoints.',
    ]);
  });

  it('name a wrong clock, not the certificates', () => {
    const late = endedAt(
      { phase: 'tls' },
      { certificates: chainTo('CN=x', '2026-12-01T00:00:00.000Z'), tlsErrors: ['NotTimeValid'] },
    );
    const run = runOf(NODES, DOORS, (node, { protocol }) =>
      node === 'node1' && protocol === 'https' ? late : {},
    );
    expect(titles(run)).toEqual([
      'The clock of node1 is wrong: to it, the certificates of 3 hosts are out of date.',
    ]);
  });

  it('name nodes from which nothing was measured, after the failures', () => {
    const run = runOf(
      ['node1', 'node2', nodeNamed('node4', 'down')],
      DOORS,
      seeing({ '* a.example:443': dropped() }),
    );
    expect(titles(run)).toEqual([
      'The network does not let a.example:443 through on every node that was checked.',
      'node4 is down, so nothing was checked from it.',
    ]);
  });

  it('say what does not work without the endpoints, in the order of the list', () => {
    const run = runOf(NODES, DOORS, seeing({ '* a.example:443': dropped() }));
    const fact = {
      feature: 'f',
      host: 'a.example',
      port: 443,
      protocol: 'https',
      requirement: 'required',
    } as const;
    const facts: readonly ListFact[] = [
      {
        ...fact,
        rule: 'rule a.example:443',
        blocks: [
          { what: 'update', severity: 'critical' },
          { what: 'registration', severity: 'warning' },
        ],
      },
      { ...fact, rule: 'rule b.example:443', blocks: [{ what: 'witness', severity: 'critical' }] },
      // The same rule, which another feature means wider: nothing of that was tried.
      {
        ...fact,
        ...{ rule: 'rule a.example:443', host: '*.example' },
        blocks: [{ what: 'workload', severity: 'critical' }],
      },
    ];
    expect(findingsOf(run, facts)[0]?.scope.blocks).toEqual(['registration', 'update']);
  });

  it('become a request with sources, destinations, ports, what was seen and when', () => {
    const run = runOf(NODES, DOORS, (node, target) => ({
      source: node === 'node2' ? '10.0.0.12' : '10.0.0.11',
      ...seeing({ 'node2 a.example:443': dropped() })(node, target),
    }));
    const [finding] = findingsOf(run, []);
    const text = requestText(finding as Finding, run, t);
    for (const part of [
      'Only node2 lacks the rule for a.example:443',
      'Cluster: hci.contoso.local',
      '- node2.contoso.local (10.0.0.12)',
      '- a.example, TCP 443 (https); addresses at the time: 192.0.2.1',
      'No answer came to the attempt to connect.',
      '- node2 > a.example:443/https, 2026-11-24 07:00:00 UTC',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toMatch(/\[|\{\d/);
  });
});

describe('Whatever a run saw', () => {
  const observation = fc.oneof(
    fc.constant({}),
    fc.constant(PROXY),
    fc.constant(undefined),
    fc
      .record({
        phase: fc.constantFrom('name', 'connect', 'tls', 'http'),
        outcome: fc.constantFrom('failed', 'timeout'),
        code: fc.constantFrom('HostNotFound', 'TryAgain', 'ConnectionRefused', 'ConnectionReset', 'Odd', ''),
        route: fc.constantFrom({}, PROXY),
      })
      .map(({ phase, outcome, code, route }) => {
        const end = { phase, outcome, code } as const;
        return phase === 'tls' || phase === 'http' ? endedAt(end) : endedAt(end, route);
      }),
    fc
      .constantFrom(200, 403, 503, 407, 470)
      .map(proxyStatus => ({ ...endedAt({ phase: 'proxy' }, PROXY), proxyStatus })),
    fc.constantFrom('CN=One', 'CN=Two').map(signedBy),
    fc.constantFrom('UntrustedRoot', 'NotTimeValid', 'RemoteCertificateNameMismatch').map(error => ({
      ...endedAt({ phase: 'tls' }),
      certificates: chainTo('CN=Three'),
      tlsErrors: [error],
    })),
    fc.constantFrom(403, 470, 503, 511).map(status => ({
      http: { status, server: '', via: '', location: '', headers: [] },
    })),
  );
  const runs = fc
    .tuple(
      fc.array(fc.array(observation, { minLength: 6, maxLength: 6 }), { minLength: 1, maxLength: 4 }),
      fc.constantFrom(
        ...(['no-report', 'node-unreachable', 'gateway-failed', 'access-denied', 'deadline'] as const),
      ),
      fc.boolean(),
    )
    .map(([table, cause, down]) => {
      const doors = ['a.x:443', 'b.x:443', 'c.x:80', 'd.x:80', 'e.x:8084', 'f.x:443'];
      const nodes = table.map((_, index) => nodeNamed(`n${index}`, down && index === 1 ? 'down' : 'up'));
      return runOf(
        nodes,
        doors,
        (node, { host }) =>
          table[Number(node.slice(1))]?.[doors.findIndex(door => door.startsWith(`${host}:`))],
        () => cause,
      );
    });

  it('every failure belongs to one finding, and no success to any', () => {
    fc.assert(
      fc.property(runs, run => {
        const claimed = findingsOf(run, []).flatMap(({ cells }) =>
          cells.map(({ node, entry }) => `${node} ${entry}`),
        );
        const failed = [...run.cells].flatMap(([node, cells]) =>
          [...cells].filter(([, result]) => needsFinding(result)).map(([entry]) => `${node} ${entry}`),
        );
        expect([...claimed].sort()).toEqual(failed.sort());
        for (const [, cells] of run.cells) {
          for (const [, result] of cells)
            if (isFailure(result.verdict)) expect(needsFinding(result)).toBe(true);
        }
      }),
    );
  });

  it('a title says "all nodes" only where each of its endpoints shows it on each of them', () => {
    const keys = ({ key, values }: Sentence): readonly string[] => [
      key,
      ...values.flatMap(value => (typeof value === 'object' ? keys(value) : [])),
    ];
    fc.assert(
      fc.property(runs, run => {
        for (const { title, cells, scope } of findingsOf(run, [])) {
          if (keys(title).some(key => key === 'finding.where.all' || key === 'finding.where.measuring'))
            expect(cells).toHaveLength(scope.nodes.length * scope.endpoints.length);
        }
      }),
    );
  });

  it('which nodes lack a rule is said as it was seen', () => {
    const matrix = fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(matrix, rows => {
        const nodes = rows.map((_, index) => `n${index}`);
        const blocked = (at: number): readonly string[] => nodes.filter((_, row) => rows[row]?.[at] === true);
        const doors = ['a.x:443', 'b.x:443', 'c.x:443', 'd.x:443', 'e.x:80'];
        const run = runOf(nodes, doors, (node, { host }) => {
          const at = ['a.x', 'b.x'].indexOf(host);
          return at >= 0 && blocked(at).includes(node) ? dropped() : {};
        });
        const finding = findingsOf(run, []).find(({ kind }) => kind === 'rule-missing');
        const title = finding === undefined ? '' : say(finding.title, t);
        for (const [at, door] of ['a.x:443', 'b.x:443'].entries()) {
          const from = blocked(at);
          const isPartial = from.length > 0 && from.length < nodes.length;
          expect(title.includes(door)).toBe(isPartial);
          const own = new RegExp(
            `only ${from.join(', ')} lacks the rule for [^;]*${door}|${door}[^;]* blocked from ${from.join(', ')} only`,
            'i',
          );
          if (isPartial) expect(title).toMatch(own);
        }
      }),
    );
  });

  it('the findings are the same each time, each with an id of its own and whole sentences', () => {
    fc.assert(
      fc.property(runs, run => {
        const findings = findingsOf(run, []);
        expect(findingsOf(run, [])).toEqual(findings);
        expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
        for (const finding of findings) {
          const words = [finding.title, finding.next, finding.ask, ...finding.context].map(each =>
            say(each, t),
          );
          expect(words.join('\n')).not.toMatch(/\[[a-z]|\{\d/);
          expect(requestText(finding, run, t)).not.toMatch(/\[[a-z]|\{\d/);
        }
      }),
    );
  });

  it('there is a sentence for every cause', () => {
    for (const cause of Object.keys(CAUSES)) {
      for (const part of ['meaning', 'action']) {
        const key = `reachability.cause.${cause}.${part}`;
        expect(t(key)).not.toBe(`[${key}]`);
      }
    }
  });
});
