import { DOMParser, type Element } from '@xmldom/xmldom';
import type { Problem } from '../import/problem.ts';
import type { RawRow, ReadManifest } from './read-rows.ts';

/** Properties that a target must have, also where they are empty. */
const NEEDED = [
  'Name',
  'Title',
  'Severity',
  'EndPoint',
  'Protocol',
  'Service',
  'OperationType',
  'Mandatory',
  'Region',
  'ArcGateway',
] as const;
type Needed = (typeof NEEDED)[number];

/** `Node.ELEMENT_NODE`. */
const ELEMENT = 1;
const MANIFEST = 'AzStackHciConnectivityManifest';
const MODULE_FILE = "the module's own AzStackHciConnectivityTargets-REGION.xml";

/** Reads the module's own file. Its signature is not checked. */
export function readXml(text: string): ReadManifest {
  const content = text.replace(/^\uFEFF/, '');
  // No manifest has one, and a file's own entities could grow without end.
  const type = content.search(/<!(?:DOCTYPE|ENTITY)/i);
  if (type >= 0)
    return refused(
      content.slice(0, type).split('\n').length,
      'a document type or entity: take it out, manifests have none',
    );
  const root = parse(content);
  if ('text' in root) return { rows: [], problems: [root] };
  const manifest = childrenOf(root, 'Object').find(each => each.getAttribute('Type') === MANIFEST);
  if (root.localName !== 'Objects' || manifest === undefined)
    return refused(lineOf(root), `no object of the type ${MANIFEST}: take ${MODULE_FILE}`);
  const version = textOf(propertyOf(manifest, 'Version'));
  if (version === '')
    return refused(lineOf(manifest), `the manifest has no property "Version": take ${MODULE_FILE} whole`);
  const targets = propertyOf(manifest, 'Targets');
  if (targets === undefined)
    return refused(lineOf(manifest), `the manifest has no property "Targets": take ${MODULE_FILE} whole`);
  const read = childrenOf(targets, 'Property').map(readTarget);
  const rows = read.flatMap(each => each.rows);
  const problems = read.flatMap(each => each.problems);
  if (rows.length === 0 && problems.length === 0)
    return refused(lineOf(targets), `"Targets" is empty: take ${MODULE_FILE} whole`);
  return { version, rows, problems };
}

function refused(line: number, text: string): ReadManifest {
  return { rows: [], problems: [{ line, text }] };
}

/** The root, or where the text is no XML. The parser mends what it only warns of; here that is a mistake too. */
function parse(content: string): Element | Problem {
  let wrong: Problem | undefined;
  const note = (level: string, message: string, context: { locator?: { lineNumber?: number } }): void => {
    const line = Math.max(context.locator?.lineNumber ?? 1, 1);
    wrong ??= {
      line,
      text: `it is no whole XML (${message.split('\n')[0] ?? level}): mend that, or take ${MODULE_FILE} anew`,
    };
  };
  try {
    const root = new DOMParser({ onError: note }).parseFromString(content, 'text/xml').documentElement;
    return wrong ?? root ?? { line: 1, text: `it is empty: take ${MODULE_FILE}` };
  } catch (error) {
    return wrong ?? { line: 1, text: `it is no XML (${String(error)}): take ${MODULE_FILE}` };
  }
}

/** A row for each of its endpoints and protocols; one without an endpoint is a row too. */
function readTarget(target: Element): { rows: readonly RawRow[]; problems: readonly Problem[] } {
  const line = lineOf(target);
  const name = textOf(propertyOf(target, 'Name'));
  const missing = NEEDED.filter(property => propertyOf(target, property) === undefined);
  if (missing.length > 0)
    return {
      rows: [],
      problems: missing.map(property => ({
        line,
        text: `the target "${name}" has no property "${property}": add it, with its value`,
      })),
    };
  const lineIn = (property: Needed): number => lineOf(propertyOf(target, property) ?? target);
  const text = (property: Needed): string => textOf(propertyOf(target, property));
  const texts = (property: Needed): readonly string[] => textsOf(propertyOf(target, property));
  // The validator tries each endpoint with each protocol.
  const protocols = [...new Set(texts('Protocol'))];
  const endpoints = texts('EndPoint');
  const doors = orOne(endpoints).flatMap(endpoint =>
    orOne(protocols).map(protocol => ({ endpoint, protocol })),
  );
  const rows = doors.map(door => ({
    line,
    ...door,
    severity: text('Severity'),
    mandatory: text('Mandatory'),
    operations: texts('OperationType'),
    arcGateway: text('ArcGateway'),
    service: texts('Service').join(', '),
    name,
    title: text('Title'),
    region: text('Region'),
    lines: { severity: lineIn('Severity'), endpoint: lineIn('EndPoint'), region: lineIn('Region') },
  }));
  return { rows, problems: [] };
}

function orOne(texts: readonly string[]): readonly string[] {
  return texts.length === 0 ? [''] : texts;
}

function childrenOf(element: Element, name: string): readonly Element[] {
  return [...element.childNodes].filter(
    (node): node is Element => node.nodeType === ELEMENT && (node as Element).localName === name,
  );
}

function propertyOf(element: Element, name: string): Element | undefined {
  return childrenOf(element, 'Property').find(each => each.getAttribute('Name') === name);
}

function textOf(element: Element | undefined): string {
  return (element?.textContent ?? '').trim();
}

/** Of a list each item, of a text itself. */
function textsOf(element: Element | undefined): readonly string[] {
  const items = element === undefined ? [] : childrenOf(element, 'Property').map(textOf);
  return (items.length > 0 ? items : [textOf(element)]).filter(item => item !== '');
}

function lineOf(element: Element): number {
  return element.lineNumber ?? 1;
}
