import { parseArgs, type ParseArgsConfig } from 'node:util';
import {
  type AllowlistOptions,
  ANSWER_OPTIONS,
  type DiffOptions,
} from '../../../src/cli/allowlist-contract.ts';

export type Request =
  | { readonly kind: 'help' }
  | { readonly kind: 'list'; readonly options: AllowlistOptions }
  | { readonly kind: 'diff'; readonly options: DiffOptions }
  /** `file`: a path, or `-` for standard input. */
  | { readonly kind: 'check'; readonly options: AllowlistOptions; readonly file: string }
  /** In one line or more; only the first counts. */
  | { readonly kind: 'wrong'; readonly message: string };

/** `text`: once, with a value. `many`: with a value, as often as wanted. `switch`: without one. */
type Kind = 'text' | 'many' | 'switch';

const LIST_OPTIONS = {
  edition: 'text',
  cloud: 'text',
  region: 'text',
  vendor: 'text',
  feature: 'many',
  requirement: 'text',
  blocks: 'text',
  'arc-gateway': 'switch',
  'as-published': 'switch',
  internal: 'switch',
  format: 'text',
  port: 'text',
  ...(Object.fromEntries(Object.values(ANSWER_OPTIONS).map(name => [name, 'text'])) as Record<
    (typeof ANSWER_OPTIONS)[keyof typeof ANSWER_OPTIONS],
    'text'
  >),
} as const satisfies Record<string, Kind>;

const CHECK_OPTIONS = { ...LIST_OPTIONS, have: 'text' } as const satisfies Record<string, Kind>;

const DIFF_OPTIONS = {
  from: 'text',
  to: 'text',
  cloud: 'text',
  region: 'text',
  vendor: 'text',
  format: 'text',
} as const satisfies Record<string, Kind>;

/** Sorts what was typed; whether the values make sense is the commands' own matter. */
export function readArguments(args: readonly string[]): Request {
  try {
    if (args[0] === 'diff') return readDiff(args.slice(1));
    return args[0] === 'check' ? readCheck(args.slice(1)) : readList(args);
  } catch (error) {
    return { kind: 'wrong', message: error instanceof Error ? error.message : String(error) };
  }
}

function readCheck(args: readonly string[]): Request {
  const { values, isOn } = read(args, CHECK_OPTIONS);
  if (isOn('help')) return { kind: 'help' };
  const [file] = values('have');
  if (file === undefined || file === '')
    throw new Error('--have is missing: give the file that the network team has, or - for standard input.');
  return { kind: 'check', file, options: listOptions(values, isOn) };
}

function readList(args: readonly string[]): Request {
  const { values, isOn } = read(args, LIST_OPTIONS);
  if (isOn('help')) return { kind: 'help' };
  return { kind: 'list', options: listOptions(values, isOn) };
}

function listOptions(
  values: (name: string) => readonly string[],
  isOn: (name: string) => boolean,
): AllowlistOptions {
  const text = (name: keyof typeof LIST_OPTIONS): string | undefined => values(name)[0];
  const answers = Object.entries(ANSWER_OPTIONS).flatMap(([placeholder, option]) => {
    const answer = text(option);
    return answer === undefined ? [] : [[placeholder, answer]];
  });
  return {
    edition: text('edition'),
    cloud: text('cloud'),
    region: text('region'),
    vendor: text('vendor'),
    features: values('feature'),
    requirement: text('requirement'),
    blocks: text('blocks'),
    answers: Object.fromEntries(answers) as AllowlistOptions['answers'],
    arcGateway: isOn('arc-gateway'),
    published: isOn('as-published'),
    internal: isOn('internal'),
    format: text('format'),
    port: text('port'),
  };
}

function readDiff(args: readonly string[]): Request {
  const { values, isOn } = read(args, DIFF_OPTIONS);
  if (isOn('help')) return { kind: 'help' };
  const names = Object.keys(DIFF_OPTIONS);
  return { kind: 'diff', options: Object.fromEntries(names.map(name => [name, values(name)[0]])) };
}

function read(args: readonly string[], kinds: Readonly<Record<string, Kind>>) {
  const options: ParseArgsConfig['options'] = { help: { type: 'boolean' } };
  for (const [name, kind] of Object.entries(kinds))
    options[name] = kind === 'switch' ? { type: 'boolean' } : { type: 'string', multiple: true };
  const parsed = parseArgs({ args: [...args], options }).values as Record<string, boolean | string[]>;
  const values = (name: string): string[] => {
    const value = parsed[name];
    return Array.isArray(value) ? value : [];
  };
  // A second value would silently win over the first.
  const twice = Object.keys(kinds).find(name => kinds[name] === 'text' && values(name).length > 1);
  if (twice !== undefined) throw new Error(`--${twice} was given more than once.`);
  return { values, isOn: (name: string): boolean => parsed[name] === true };
}
