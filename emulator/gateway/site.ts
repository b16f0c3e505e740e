import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecord, type JsonRecord, parseJson, textAt } from './http/json.ts';

/** An installed extension: a folder with `index.html` and `manifest.json`. */
export interface InstalledApp {
  readonly folder: string;
  readonly name: string;
  /** `/modules/<name>`, where WAC serves extensions. */
  readonly target: string;
  readonly manifest: JsonRecord;
}

/** The built tool as an installed extension. Throws a sentence where there is no build, or its manifest has no name. */
export async function readApp(folder: string): Promise<InstalledApp> {
  const file = join(folder, 'manifest.json');
  const source = await readFile(file, 'utf8').catch(() => undefined);
  if (source === undefined) throw new Error(`${file} is missing: build the tool first (npm run build).`);
  const manifest = parseJson(source);
  const name = textAt(manifest, 'name');
  if (!isRecord(manifest) || name === '') throw new Error(`${file} is not a manifest: it has no name.`);
  const target = `/modules/${name}`;
  return { folder, name, target, manifest: { ...manifest, target } };
}

/** The shell's own manifest, which lists what is installed (the SDK's manifest/manifest-loader.ts). */
export function shellManifest(app: InstalledApp | undefined, gatewayApiVersion: string): JsonRecord {
  return {
    name: 'msft.sme.shell',
    version: '5.0.0',
    displayName: 'Windows Admin Center – emulator',
    signature: 'version 0.0.0',
    gatewayApiVersion,
    gatewayPlatform: 'Windows',
    entryPoints: [],
    resources: [],
    modules: app ? [app.manifest] : [],
  };
}
