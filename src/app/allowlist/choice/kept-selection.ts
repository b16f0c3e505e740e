import { CLOUDS, type Cloud } from '../../cluster/cluster';
import type { PlaceholderName } from '../catalog/catalog';
import { PLACEHOLDERS } from './placeholders';

/** What the administrator chose; what is absent follows the cluster. */
export interface KeptSelection {
  readonly edition?: string;
  readonly cloud?: Cloud;
  /** Id of a region, or {@link ALL_REGIONS}. */
  readonly region?: string;
  readonly vendor?: string;
  readonly arcGateway?: boolean;
  readonly published?: boolean;
  /** Ids of the chosen features, by edition: each has its own. */
  readonly features?: Readonly<Record<string, readonly string[]>>;
  /** As entered, unchecked. */
  readonly answers?: Partial<Readonly<Record<PlaceholderName, string>>>;
}

/** That the regions' lists are wanted together, although the cluster tells its region. */
export const ALL_REGIONS = 'all';

/** Undefined when nothing was chosen. */
export function keepSelection(selection: KeptSelection): string | undefined {
  return isEmpty({ ...selection }) ? undefined : JSON.stringify(selection);
}

/** Other code can write to the same storage, so nothing in it is taken on trust. Ids are compared with the lists later. */
export function readKeptSelection(kept: string | undefined): KeptSelection {
  let json: unknown;
  try {
    json = JSON.parse(kept ?? '');
  } catch {
    return {};
  }
  if (!isRecord(json)) return {};
  return {
    edition: text(json['edition']),
    cloud: CLOUDS.find(cloud => cloud === json['cloud']),
    region: text(json['region']),
    vendor: text(json['vendor']),
    arcGateway: json['arcGateway'] === true,
    published: json['published'] === true,
    features: features(json['features']),
    answers: answers(json['answers']),
  };
}

function features(value: unknown): KeptSelection['features'] {
  if (!isRecord(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([edition, ids]) =>
      Array.isArray(ids) ? [[edition, ids.filter(id => typeof id === 'string')]] : [],
    ),
  );
}

function answers(value: unknown): KeptSelection['answers'] {
  if (!isRecord(value)) return undefined;
  return Object.fromEntries(
    PLACEHOLDERS.flatMap(name => {
      const answer = text(value[name]);
      return answer === undefined ? [] : [[name, answer]];
    }),
  );
}

function isEmpty(value: Readonly<Record<string, unknown>>): boolean {
  return Object.values(value).every(
    each => each === undefined || each === false || (isRecord(each) && isEmpty(each)),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
