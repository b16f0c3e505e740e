import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

export type Fields = Record<string, unknown>;

/** The edition that ships, to be spoilt. */
export interface Draft extends Fields {
  id: string;
  sources: Record<string, Fields>;
  features: (Fields & { uses?: (Fields & { origins: Fields[] })[]; links: Fields[] })[];
  rules: Fields[];
  internalRules?: Fields[];
}

const shipped = readFileSync('src/catalog/editions/2022-01.json', 'utf8');

export function draft(): Draft {
  return JSON.parse(shipped) as Draft;
}

export function rule(edition: Draft, id: string): Fields {
  const found = edition.rules.find(each => each['id'] === id);
  assert.ok(found, id);
  return found;
}

export function use(edition: Draft, id: string): Fields & { origins: Fields[] } {
  const found = edition.features.flatMap(feature => feature.uses ?? []).find(each => each['rule'] === id);
  assert.ok(found, id);
  return found;
}

/** Gives the edition internal rules with these protocols and ports. */
export function internal(
  edition: Draft,
  ...rules: readonly { id?: string; protocol: string; ports: string[] }[]
) {
  edition.internalRules = rules.map(each => ({
    id: 'live-migration',
    group: 'Hyper-V',
    purpose: 'Moves virtual machines.',
    from: 'Management system',
    to: 'Hyper-V server',
    requirement: 'required',
    origins: [{ source: 'document', section: 'Hyper-V', asWritten: 'Allow Live Migration' }],
    ...each,
  }));
}
