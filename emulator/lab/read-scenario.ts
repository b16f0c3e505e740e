import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { isIP } from 'node:net';
import { FAULT_FORMS, FAULT_NAMES, resolvedTo } from './servers/faults.ts';
import type { Scenario, ScenarioNode } from './scenario.ts';

const SHIPPED = join(import.meta.dirname, 'scenarios');
const SCHEMA = join(import.meta.dirname, 'scenario.schema.json');

/** 23H2, from which on Azure Local enforces application control by default (azure-stack-docs, manage-wdac). */
const FIRST_CONSTRAINED_BUILD = 25398;

/** With the schema's defaults, before the one that depends on the build. */
interface WrittenScenario extends Omit<Scenario, 'cluster' | 'nodes'> {
  readonly cluster: Scenario['cluster'] & { readonly build: number };
  readonly nodes: readonly (Omit<ScenarioNode, 'languageMode'> &
    Partial<Pick<ScenarioNode, 'languageMode'>>)[];
}

/** A scenario that cannot be used: one line for each problem, each naming the key it is about. */
export class ScenarioError extends Error {
  readonly problems: readonly string[];

  constructor(source: string, problems: readonly string[]) {
    super(problems.map(problem => `${source}: ${problem}`).join('\n'));
    this.name = 'ScenarioError';
    this.problems = problems;
  }
}

/** Names of the scenarios that come with the emulator. */
export function shippedScenarios(): readonly string[] {
  return readdirSync(SHIPPED)
    .filter(file => file.endsWith('.json'))
    .map(file => basename(file, '.json'))
    .sort();
}

/**
 * Reads a scenario and fills in the defaults of the schema.
 * @param nameOrFile name of a shipped scenario, or path of a JSON file
 * @throws ScenarioError
 */
export function readScenario(nameOrFile: string): Scenario {
  const shipped = shippedScenarios().includes(nameOrFile);
  const file = shipped ? join(SHIPPED, `${nameOrFile}.json`) : nameOrFile;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const names = shippedScenarios().join(', ');
    throw new ScenarioError(nameOrFile, [
      `cannot be read (${codeOf(error)}); give a file, or one of the shipped scenarios: ${names}`,
    ]);
  }
  let data: unknown;
  try {
    data = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new ScenarioError(nameOrFile, [`not valid JSON: ${messageOf(error)}`]);
  }
  return checkScenario(data, nameOrFile);
}

/**
 * Checks data against the schema and fills in its defaults.
 * @param source how messages call it
 * @throws ScenarioError
 */
export function checkScenario(data: unknown, source: string): Scenario {
  const schema: unknown = JSON.parse(readFileSync(SCHEMA, 'utf8'));
  const ajv = new Ajv2020({ allErrors: true, useDefaults: true, verbose: true, allowUnionTypes: true });
  const valid = ajv.compile<WrittenScenario>(schema as object);
  const copy: unknown = structuredClone(data);
  if (!valid(copy)) throw new ScenarioError(source, [...new Set((valid.errors ?? []).map(describe))]);
  const problems = [
    ...duplicates(copy.nodes.map(node => node.name.toLowerCase())).map(
      ([name, at]) => `nodes[${at}].name: "${name}" is there twice; every node needs its own name`,
    ),
    ...duplicates(copy.proxies.map(proxy => `${proxy.host.toLowerCase()}:${proxy.port}`)).map(
      ([proxy, at]) => `proxies[${at}]: ${proxy} is there twice`,
    ),
    ...copy.nodes.flatMap((node, at) => {
      const port = Number(node.proxy?.split(':').at(-1) ?? 1);
      return port >= 1 && port <= 65535
        ? []
        : [`nodes[${at}].proxy: port ${port} is not between 1 and 65535`];
    }),
  ];
  problems.push(...wrongAddresses(copy.nodes));
  if (problems.length > 0) throw new ScenarioError(source, problems);
  const usualMode = copy.cluster.build < FIRST_CONSTRAINED_BUILD ? 'Full' : 'Constrained';
  return {
    ...copy,
    nodes: copy.nodes.map(node => ({ ...node, languageMode: node.languageMode ?? usualMode })),
  };
}

/** What a pattern cannot say: 1.2.3 is no address. */
function wrongAddresses(nodes: readonly Pick<ScenarioNode, 'faults' | 'resolvers'>[]): readonly string[] {
  return nodes.flatMap(({ faults, resolvers }, node) => [
    ...faults.flatMap(({ fault }, at) =>
      (resolvedTo(fault) ?? [])
        .filter(address => address !== 'self' && isIP(address) === 0)
        .map(address => `nodes[${node}].faults[${at}].fault: "${address}" is not an address`),
    ),
    ...resolvers
      .filter(address => isIP(address) !== 4)
      .map(address => `nodes[${node}].resolvers: "${address}" is not an IPv4 address`),
  ]);
}

function describe(error: ErrorObject): string {
  const place = placeOf(error.instancePath);
  const at = place === '' ? '' : `${place}: `;
  const parameters = error.params as Readonly<Record<string, unknown>>;
  switch (error.keyword) {
    case 'additionalProperties': {
      const allowed = Object.keys((error.parentSchema?.['properties'] ?? {}) as object)
        .filter(key => !key.startsWith('$'))
        .join(', ');
      return `${at}unknown key "${String(parameters['additionalProperty'])}"; allowed here: ${allowed}`;
    }
    case 'required':
      return `${at}key "${String(parameters['missingProperty'])}" is missing`;
    case 'enum':
      return `${at}${JSON.stringify(error.data)} is not one of ${(parameters['allowedValues'] as unknown[]).join(', ')}`;
    case 'pattern':
      if (error.schemaPath.includes('/fault/') && place.endsWith('.fault'))
        return `${at}${JSON.stringify(error.data)} is not a fault; use one of ${[...FAULT_NAMES, ...FAULT_FORMS].join(', ')}`;
      return `${at}${JSON.stringify(error.data)} does not have the form ${formOf(error)}`;
    case 'type':
      return `${at}must be ${String(parameters['type']).replace(',', ' or ')}, not ${JSON.stringify(error.data)}`;
    default:
      return `${at}${error.message ?? error.keyword}`;
  }
}

/** The schema's own description says the form in words where it has one. */
function formOf(error: ErrorObject): string {
  const description: unknown = error.parentSchema?.['description'];
  return typeof description === 'string' ? `"${description}"` : String(error.schema);
}

/** `/nodes/0/faults/1/host` -> `nodes[0].faults[1].host` */
function placeOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : path ? `${path}.${part}` : part), '');
}

function duplicates(values: readonly string[]): readonly (readonly [string, number])[] {
  return values.flatMap((value, at) => (values.indexOf(value) < at ? [[value, at] as const] : []));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : messageOf(error);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
