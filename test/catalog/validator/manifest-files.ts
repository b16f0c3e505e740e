import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A row of a manifest, each cell as text. */
export interface Cells {
  endpoint: string;
  protocol: string;
  severity: string;
  mandatory: string;
  operation: string;
  arcGateway: string;
  service: string;
  name: string;
  title: string;
}

export const COLUMNS: readonly (keyof Cells)[] = [
  'endpoint',
  'protocol',
  'severity',
  'mandatory',
  'operation',
  'arcGateway',
  'service',
  'name',
  'title',
];

/** A good row, changed as wanted. */
export function cells(change: Partial<Cells> = {}): Cells {
  return {
    ...{ endpoint: 'mcr.microsoft.com', protocol: 'https', severity: 'CRITICAL', mandatory: 'True' },
    ...{ operation: 'Deployment,Update', arcGateway: 'True', service: 'Azure Kubernetes Service' },
    ...{ name: 'Check_One', title: 'One' },
    ...change,
  };
}

/** The columns of a manifest with tabs between them, under a first line that says where they are from. */
export function tsvText(rows: readonly Cells[], region = 'EastUS', columns = COLUMNS): string {
  return [
    `# contoso/module XML/AzStackHciConnectivityTargets-${region}.xml commit ${'a'.repeat(40)} (AzStackHci.EnvironmentChecker 10.1.2.3)`,
    columns.join('\t'),
    ...rows.map(row => columns.map(column => row[column]).join('\t')),
    '',
  ].join('\n');
}

/** As `ConvertTo-Xml -Depth 5 -As Stream` writes the module's targets, and its publisher signs them. */
export function xmlText(rows: readonly Cells[], region = 'EastUS'): string {
  return [
    '\uFEFF<?xml version="1.0" encoding="utf-8"?>',
    '<Objects>',
    '<Object Type="AzStackHciConnectivityManifest">',
    property('Title', 'AzStackHci Connectivity Endpoint Definitions'),
    property('Version', '10.1.2.3'),
    '  <Property Name="Targets" Type="System.Management.Automation.PSObject[]">',
    ...rows.map(row => target(row, region)),
    '  </Property>',
    '</Object>',
    '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><Object Id="time" /></Signature></Objects>',
  ].join('\r\n');
}

/** Writes a file and gives its path. */
export function manifestFile(folder: string, name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function target(row: Cells, region: string): string {
  return [
    '    <Property Type="AzStackHciConnectivityTarget">',
    property('Name', row.name),
    property('Title', row.title),
    property('Severity', row.severity),
    '      <Property Name="Tags" Type="System.Management.Automation.PSCustomObject">',
    property('Mandatory', 'False'),
    '      </Property>',
    list('EndPoint', [row.endpoint]),
    list('Protocol', [row.protocol]),
    list('Service', [row.service]),
    list('OperationType', row.operation.split(',')),
    property('Mandatory', row.mandatory),
    property('Region', region),
    property('ArcGateway', row.arcGateway),
    '    </Property>',
  ].join('\r\n');
}

function property(name: string, text: string): string {
  return text === ''
    ? `      <Property Name="${name}" Type="System.String" />`
    : `      <Property Name="${name}" Type="System.String">${escape(text)}</Property>`;
}

function list(name: string, texts: readonly string[]): string {
  const items = texts.filter(text => text !== '');
  return items.length === 0
    ? `      <Property Name="${name}" Type="System.String[]" />`
    : [
        `      <Property Name="${name}" Type="System.String[]">`,
        ...items.map(text => `        <Property Type="System.String">${escape(text)}</Property>`),
        '      </Property>',
      ].join('\r\n');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
