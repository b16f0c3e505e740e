import { BLOCKED, type Edition, type EditionSummary, REQUIREMENTS, SEVERITIES } from './catalog';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Checks that a loaded file has an edition's shape, as far as this code relies on it. The full rules are checked
 * when the tool is built (`scripts/catalog-check.ts`); this guards against a damaged or foreign file.
 * Gives undefined when it does not fit.
 */
export function readEdition(json: unknown): Edition | undefined {
  const fits =
    isSummary(json) &&
    isFields(json['sources']) &&
    isListOf(json['features'], isFeature) &&
    isListOf(json['rules'], isRule) &&
    isAbsentOr(json['internalRules'], rules => isListOf(rules, isInternalRule)) &&
    isAbsentOr(json['changes'], changes => isListOf(changes, isChange));
  return fits ? (json as unknown as Edition) : undefined;
}

/** The list of editions, checked alike. Never empty: undefined when there is no edition in it, or anything else. */
export function readEditions(json: unknown): readonly EditionSummary[] | undefined {
  return Array.isArray(json) && json.length > 0 && json.every(isSummary)
    ? (json as unknown as readonly EditionSummary[])
    : undefined;
}

function isSummary(json: unknown): json is Fields {
  return (
    isNamed(json) &&
    isDateOrMonth(json['published']) &&
    isAbsentOr(json['printedDate'], isDate) &&
    isListOf(json['appliesTo'], isText) &&
    isAbsentOr(json['builds'], builds => isListOf(builds, build => typeof build === 'number')) &&
    isListOf(json['clouds'], isText) &&
    isAbsentOr(json['regions'], regions => isListOf(regions, isRegion)) &&
    isAbsentOr(json['vendors'], vendors => isListOf(vendors, isNamed))
  );
}

function isDate(value: unknown): boolean {
  return isText(value) && /^\d{4}-\d{2}-\d{2}$/.test(value);
}

/** A list that comes without a day has its month alone. */
function isDateOrMonth(value: unknown): boolean {
  return isDate(value) || (isText(value) && /^\d{4}-\d{2}$/.test(value));
}

function isNamed(value: unknown): value is Fields {
  return isFields(value) && isText(value['id']) && isText(value['title']);
}

function isRegion(value: unknown): boolean {
  return isNamed(value) && isText(value['cloud']);
}

function isInternalRule(value: unknown): boolean {
  return (
    isFields(value) &&
    ['id', 'group', 'purpose', 'from', 'to', 'protocol', 'requirement'].every(name => isText(value[name])) &&
    isListOf(value['ports'], isText) &&
    isListOf(value['origins'], isFields)
  );
}

function isChange(value: unknown): boolean {
  return isFields(value) && isText(value['text']) && isListOf(value['hosts'], isText);
}

function isFeature(value: unknown): boolean {
  return (
    isFields(value) &&
    isText(value['id']) &&
    isText(value['title']) &&
    isText(value['summary']) &&
    ['rules', 'none', 'linked'].includes(String(value['kind'])) &&
    isListOf(value['links'], link => isFields(link) && isText(link['title']) && isWebAddress(link['url'])) &&
    isListOf(value['uses'], isUse) &&
    isAbsentOr(value['blocks'], isBlocks)
  );
}

function isBlocks(value: unknown): boolean {
  return (
    isFields(value) &&
    isListOf(value['what'], what => BLOCKED.some(blocked => blocked === what)) &&
    isSeverity(value['severity']) &&
    isAbsentOr(value['less'], less => isFields(less) && Object.values(less).every(isSeverity))
  );
}

function isSeverity(value: unknown): boolean {
  return SEVERITIES.some(severity => severity === value);
}

function isUse(value: unknown): boolean {
  return (
    isFields(value) &&
    isText(value['rule']) &&
    isText(value['purpose']) &&
    REQUIREMENTS.some(requirement => requirement === value['requirement']) &&
    isListOf(
      value['origins'],
      origin => isFields(origin) && isText(origin['source']) && isFields(origin['asWritten']),
    ) &&
    isAbsentOr(value['regions'], regions => isListOf(regions, isText)) &&
    isAbsentOr(
      value['blocks'],
      blocks => isBlocks(blocks) && isFields(blocks) && isListOf(blocks['origins'], isFields),
    )
  );
}

function isRule(value: unknown): boolean {
  return (
    isFields(value) &&
    isText(value['id']) &&
    isText(value['host']) &&
    typeof value['port'] === 'number' &&
    ['https', 'http', 'tcp', 'udp'].includes(String(value['protocol'])) &&
    isListOf(value['clouds'], isText) &&
    isAbsentOr(value['placeholder'], part => isFields(part) && isText(part['name']) && isText(part['host']))
  );
}

/** Links are shown as links, so nothing but the web may stand there. */
function isWebAddress(value: unknown): boolean {
  return isText(value) && value.startsWith('https://');
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isAbsentOr(value: unknown, check: (present: unknown) => boolean): boolean {
  return value === undefined || check(value);
}

function isListOf(value: unknown, check: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(check);
}
