import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterMember, SimulatedCluster } from '../../../emulator/nodes/cluster.ts';
import type { NodeEngine, ScriptHandlers, ScriptRun } from '../../../emulator/nodes/node-engine.ts';

/** Reports that one node wrote, taken from a run in the lab; each begins behind the endpoint's number. */
type Recorded = readonly { readonly protocol: string; readonly text: string }[];

const RECORDED = JSON.parse(readFileSync(join(import.meta.dirname, 'recorded.json'), 'utf8')) as {
  readonly nodes: readonly Recorded[];
};
const CLUSTER = 'hci.contoso.local';
/** What a node reports between two looks of the page: about twenty endpoints at a time. */
const PER_TURN = 20;
const TURN_MS = 150;

/** A cluster whose nodes play what nodes of the lab once said: as many nodes and endpoints as wanted, without engines. */
export function playingCluster(nodes: number): SimulatedCluster {
  const names = Array.from({ length: nodes }, (_, index) => `node${String(index + 1)}`);
  const members = names.map((name, index): ClusterMember => ({
    name,
    fqdn: `${name}.contoso.local`,
    state: 'Up',
    credentials: 'gateway',
    engine: playingEngine(index, names),
  }));
  return {
    name: CLUSTER,
    members,
    find: target => {
      const wanted = target.toLowerCase();
      return members.find(({ name, fqdn }) => name === wanted || fqdn === wanted) ?? members[0];
    },
    stop: () => Promise.resolve(),
  };
}

function playingEngine(index: number, names: readonly string[]): NodeEngine {
  let checks = 0;
  return {
    run: ({ script }, handlers) => {
      const name = /##([A-Za-z]+-[A-Za-z]+)##/.exec(script)?.[1];
      if (name === 'Test-EndpointByCurl') return report(script, index, checks++, handlers);
      handlers.output(name === 'Get-ClusterOverview' ? overview(names) : PROXY);
      handlers.end({ errors: [], stopped: false });
      return { stop: () => undefined };
    },
    state: () => Promise.resolve({}),
    close: () => Promise.resolve(),
  };
}

const PROXY = {
  ...{ machineWide: false, perUserPolicy: null, server: '', bypass: [], pacUrl: '', autoDetect: false },
  ...{ moduleVersion: '', readable: true, leftoverServer: '' },
};

function overview(names: readonly string[]): object {
  return {
    name: CLUSTER,
    nodes: names.map(name => ({ name, fqdn: `${name}.contoso.local`, state: 'up', build: '26100' })),
    registration: { region: 'westeurope' },
    witness: { kind: 'cloud', account: 'contosowitness' },
    account: 'CONTOSO\\admin',
    warnings: [],
  };
}

/**
 * Writes the recorded reports for the endpoints that the script was given, some at a time. Each check after the first gives
 * every endpoint another one's report, so that what is compared has changed.
 */
function report(script: string, index: number, check: number, handlers: ScriptHandlers): ScriptRun {
  const recorded = RECORDED.nodes[index % RECORDED.nodes.length] ?? [];
  const of = (protocol: string): Recorded => recorded.filter(each => each.protocol === protocol);
  const kinds = { https: of('https'), http: of('http') };
  const endpoints = endpointsOf(script);
  handlers.output(`B\t${new Date().toISOString()}`);
  let at = 0;
  const timer = setInterval(() => {
    for (const { protocol } of endpoints.slice(at, at + PER_TURN)) {
      const kind = protocol === 'http' ? kinds.http : kinds.https;
      handlers.output(`T${String(at)}${kind[(at + check) % kind.length]?.text ?? ''}`);
      at += 1;
    }
    if (at >= endpoints.length) finish(false);
  }, TURN_MS);
  const finish = (stopped: boolean): void => {
    clearInterval(timer);
    handlers.end({ errors: [], stopped });
  };
  return { stop: () => finish(true) };
}

/** The parameter as the SDK's createCommand writes it: JSON between single quotes. */
function endpointsOf(script: string): readonly { readonly protocol: string }[] {
  const call = script.slice(script.lastIndexOf('SmeSubmit'));
  return [...call.matchAll(/"protocol":"([a-z]+)"/g)].map(([, protocol = '']) => ({ protocol }));
}
