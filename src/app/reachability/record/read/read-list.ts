import { doorName } from '../../../allowlist/catalog/door';
import { CLOUDS } from '../../../cluster/cluster';
import { CLIENTS } from '../../plan/client-routes';
import { pathOf } from '../../plan/http-evidence';
import { type PlanEntry, type ProbePlan, UNTESTED_REASONS, type UntestedEntry } from '../../plan/probe-plan';
import { WAY_KINDS } from '../../plan/way';
import {
  duration,
  type Fields,
  instant,
  integer,
  isNothing,
  list,
  oneOf,
  record,
  text,
} from '../../probe/reading';
import type { RunRequest } from '../../run/run';

export const PROTOCOLS = ['https', 'http', 'tcp', 'udp'] as const;

/** Readers of what was asked. Each throws where a field is not as our own files have it. */

export function requestOf(fields: Fields): RunRequest {
  const edition = record(fields['edition']);
  const selection = record(fields['selection']);
  return {
    ...(isNothing(fields['by']) ? {} : { by: text(fields['by']) }),
    cluster: text(fields['cluster']),
    cloud: oneOf(fields['cloud'], CLOUDS),
    features: list(selection['features']).map(text),
    ...(isNothing(selection['region']) ? {} : { region: text(selection['region']) }),
    ...(isNothing(selection['vendor']) ? {} : { vendor: text(selection['vendor']) }),
    ...(selection['arcGateway'] === true && { arcGateway: true }),
    edition: {
      id: text(edition['id']),
      published: text(edition['published']),
      name: text(edition['name']),
    },
    timeoutMs: duration(selection['timeoutMs']),
    ...wayOf(selection),
  };
}

/** A file from before ways could be forced has none. */
export function wayOf(selection: Fields): Pick<RunRequest, 'way'> {
  if (isNothing(selection['way'])) return {};
  const kind = oneOf(selection['way'], WAY_KINDS);
  if (kind === 'own') return {};
  return { way: { kind, ...(kind === 'proxy' && { proxy: text(selection['wayProxy']) }) } };
}

export function planOf(endpoints: readonly Fields[]): ProbePlan {
  const targets: PlanEntry[] = [];
  const untested: UntestedEntry[] = [];
  for (const fields of endpoints) {
    const reason = fields['untested'];
    if (isNothing(reason)) targets.push(entry(fields));
    else untested.push({ ...entry(fields), reason: oneOf(reason, UNTESTED_REASONS) });
  }
  return { targets, untested };
}

function entry(fields: Fields): PlanEntry {
  const host = text(fields['host']);
  const port = integer(fields['port'], 0, 65535);
  const protocol = oneOf(fields['protocol'], PROTOCOLS);
  return {
    ...{ id: doorName({ host, port, protocol }), host, port, protocol },
    ...pathOf(host, protocol),
    rules: list(fields['rules']).map(text),
    standsFor: list(fields['standsFor']).map(text),
    ...(!isNothing(fields['connects']) && { connects: oneOf(fields['connects'], CLIENTS) }),
    ...(fields['authority'] === 'organization' && { authority: 'organization' }),
  };
}

/** An instant that must be there, of a year with four digits. */
export function moment(value: unknown): string {
  const read = instant(value);
  return /^\d{4}-/.test(read) ? read : oneOf(value, []);
}
