import { join } from 'node:path';
import type { HttpEvidenceFile } from '../../src/catalog/tools/checks/files/http-evidence.ts';
import { CATALOG, readJson } from '../../src/catalog/tools/read-catalog.ts';

/** What the tool needs of `src/catalog/http-evidence.json`: without the sources, which only readers need. */
export function httpEvidence(): readonly object[] {
  const { hosts } = readJson(join(CATALOG, 'http-evidence.json')) as HttpEvidenceFile;
  return hosts.map(({ host, path, body, contentTypes, length, redirect }) => ({
    ...{ host, path, body, contentTypes, length, redirect },
  }));
}
