import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '../..');

/** The parts of the tool that these tests hold against the engine. */
export interface ToolCode {
  /** True when the form would take it, as the node then gets it. */
  parseProxyServer(text: string): { ok: true; server: string; schemeRemoved: boolean } | { ok: false };
  parseBypassList(text: string): { entries: readonly string[]; errors: readonly unknown[] };
  parseProxySetting(output: unknown): unknown;
  parseAgent(told: unknown): { readonly unread: string } | { readonly proxyUrl: string } | undefined;
  parseOverview(
    output: unknown,
    connectionName: string,
  ): { cluster: Readonly<Record<string, unknown>>; warnings: readonly string[] } | undefined;
  /** By which proxy each client of a node goes to a target, as `Get-ProxySetting -Routes` tells. */
  readClientRoutes(
    output: unknown,
  ): Readonly<Record<'winhttp' | 'agent', ((target: object) => string | undefined) | undefined>>;
  /** A command exactly as the tool sends it: the SDK's own createCommand, then the escaping. */
  commandScript(script: string, parameters: Readonly<Record<string, unknown>>): string;
  /** The SDK's alone, to show what the escaping is for. */
  unescapedScript(script: string, parameters: Readonly<Record<string, unknown>>): string;
}

const ENTRY = `
import '@microsoft/windows-admin-center-sdk/core/polyfills';
import { PowerShell } from '@microsoft/windows-admin-center-sdk/core/data/powershell';
import { escapeCommandScript } from './src/app/wac/gateway/escape-command';
export { parseProxyServer } from './src/app/proxy/setting/proxy-server';
export { parseBypassList } from './src/app/proxy/setting/bypass-list';
export { parseProxySetting } from './src/app/proxy/setting/proxy-setting';
export { parseAgent } from './src/app/proxy/setting/layers/arc-agent';
export { readClientRoutes } from './src/app/reachability/plan/client-routes';
export { parseOverview } from './src/app/cluster/parse-overview';
MsftSme.self = () => ({ Init: {} });
export const unescapedScript = (script, parameters) =>
  PowerShell.createCommand({ command: 'Get-Thing', script }, parameters).script;
export const commandScript = (script, parameters) => escapeCommandScript(unescapedScript(script, parameters));
`;

/** Bundles the tool's code with the real SDK: both are written for a browser, and the SDK changes global prototypes. */
export async function loadToolCode(): Promise<ToolCode> {
  const bundle = await build({
    stdin: { contents: ENTRY, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    format: 'iife',
    globalName: 'toolCode',
    write: false,
    logLevel: 'error',
  });
  const page = createContext({
    console,
    URL,
    navigator: { userAgent: '' },
    document: { cookie: '' },
    location: {},
  });
  runInContext('globalThis.window = globalThis.self = globalThis;', page);
  runInContext(bundle.outputFiles[0]?.text ?? '', page);
  return runInContext('toolCode', page) as ToolCode;
}
