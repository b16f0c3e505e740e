import { type OwnRule, readOwnRule } from './own-rule';

/** Raised when the form of what is kept changes; older texts are then forgotten. */
const FORM = 1;

/** As text for the storage of the browser. */
export function keepOwnRules(rules: readonly OwnRule[]): string {
  return JSON.stringify({ form: FORM, rules });
}

/** The rules that were kept. Other code can write to the same storage: what is no rule, or there twice, is left out. */
export function readKeptOwnRules(kept: string): readonly OwnRule[] {
  let json: unknown;
  try {
    json = JSON.parse(kept);
  } catch {
    return [];
  }
  if (!isRecord(json) || json['form'] !== FORM || !Array.isArray(json['rules'])) return [];
  return (json['rules'] as readonly unknown[]).reduce<readonly OwnRule[]>((rules, value) => {
    if (!isRecord(value)) return rules;
    const entry = readOwnRule(
      {
        host: text(value['host']),
        port: text(value['port']),
        protocol: text(value['protocol']),
        requirement: text(value['requirement']),
        purpose: text(value['purpose']),
      },
      rules,
    );
    return entry.ok ? [...rules, entry.rule] : rules;
  }, []);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
