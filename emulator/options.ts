import { resolve } from 'node:path';
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { isBadPort } from './bad-ports.ts';
import { readScenario, shippedScenarios } from './lab/read-scenario.ts';
import type { Scenario } from './lab/scenario.ts';

/** What `npm start` was asked for. */
export interface StartOptions {
  /** 0 picks a free one. */
  readonly port: number;
  readonly scenario: Scenario;
  /** As it was given: a shipped scenario's name, or a file. */
  readonly scenarioName: string;
  readonly network: 'lab' | 'local';
  /** Whether to open the browser. */
  readonly open: boolean;
}

/** A wrong command line; the message is what to print. */
export class UsageError extends Error {}

const USAGE = 'Usage: npm start -- [--port 6600] [--scenario FILE|NAME] [--network lab|local] [--no-open]';

const OPTIONS = {
  port: { type: 'string', default: '6600' },
  scenario: { type: 'string', default: 'default' },
  network: { type: 'string', default: 'lab' },
  'no-open': { type: 'boolean', default: false },
} as const satisfies ParseArgsOptionsConfig;

/**
 * Reads the command line.
 * @param folder what a scenario's file name is relative to
 * @throws UsageError
 * @throws ScenarioError
 */
export function parseOptions(argv: readonly string[], folder: string): StartOptions {
  const values = readValues(argv);
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : NaN;
  if (!(port <= 65535)) throw new UsageError(`'${values.port}' is no port. ${USAGE}`);
  if (isBadPort(port))
    throw new UsageError(
      `Browsers open no page on port ${values.port}, which belongs to another protocol: choose another one with --port.`,
    );
  if (values.network !== 'lab' && values.network !== 'local') {
    throw new UsageError(`'${values.network}' is neither lab nor local. ${USAGE}`);
  }
  const shipped = shippedScenarios().includes(values.scenario);
  return {
    port,
    scenario: readScenario(shipped ? values.scenario : resolve(folder, values.scenario)),
    scenarioName: values.scenario,
    network: values.network,
    open: !values['no-open'],
  };
}

function readValues(argv: readonly string[]): {
  port: string;
  scenario: string;
  network: string;
  'no-open': boolean;
} {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, strict: true }).values;
  } catch {
    throw new UsageError(USAGE);
  }
}
