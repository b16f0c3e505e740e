import { SCRIPT_NAMES, type ScriptName } from './remote-shell';

/**
 * The node scripts as they ship. They are fetched, not bundled: they are 50 kB that only the gateway reads.
 *
 * @throws Error when one is missing, since the tool could not do its work
 */
export function readScripts(json: unknown): Readonly<Record<ScriptName, string>> {
  const texts = (typeof json === 'object' && json !== null ? json : {}) as Readonly<Record<string, unknown>>;
  const scripts: Partial<Record<ScriptName, string>> = {};
  for (const name of SCRIPT_NAMES) {
    const text = texts[name];
    if (typeof text !== 'string' || text === '')
      throw new Error(`The script ${name} is missing from the installation.`);
    scripts[name] = text;
  }
  return scripts as Record<ScriptName, string>;
}
