import type { ScriptRequest } from '../../nodes/node-engine.ts';
import { isRecord, type JsonRecord, recordAt, textAt } from '../http/json.ts';
import type { Headers } from './node-access.ts';

/** `properties` of a PowerShell request (the SDK's data/powershell.ts, PowerShellCommandPacket). */
export interface CommandProperties {
  readonly script: string;
  readonly command: string;
  readonly module: string;
  readonly parameters: JsonRecord;
  readonly waitTimeMs?: number;
  /** Only work items have it. */
  readonly metadata?: JsonRecord;
}

/** Endpoints that take any script; every other one is a JEA endpoint that knows only named commands. */
const OPEN_ENDPOINTS = ['', 'http://schemas.microsoft.com/powershell/microsoft.powershell'];

/** Only a hashtable can be splatted, and JSON makes property bags. */
const RUN_NAMED_COMMAND = `param($Name, $Arguments)
$bound = @{}
foreach ($property in $Arguments.PSObject.Properties) { $bound[$property.Name] = $property.Value }
& $Name @bound`;

/** Reads a request's body; undefined when there is nothing to run in it. */
export function commandProperties(body: unknown): CommandProperties | undefined {
  const source = recordAt(body, 'properties');
  const script = textAt(source, 'script');
  const command = textAt(source, 'command');
  if (script === '' && command === '') return undefined;
  const waitTimeMs = source['waitTimeMs'];
  const metadata = source['metadata'];
  return {
    script,
    command,
    module: textAt(source, 'module'),
    parameters: recordAt(source, 'parameters'),
    ...(typeof waitTimeMs === 'number' ? { waitTimeMs: clamp(waitTimeMs) } : {}),
    ...(isRecord(metadata) ? { metadata } : {}),
  };
}

/**
 * What the node runs: the script as it came. A JEA endpoint, or a request without a script, runs the named
 * command of the extension's module with its parameters instead.
 */
export function scriptRequest(properties: CommandProperties, headers: Headers): ScriptRequest {
  const endpoint = headers['x-ms-sme-jea-endpoint'] ?? '';
  if (properties.script !== '' && OPEN_ENDPOINTS.includes(endpoint.toLowerCase())) {
    return { script: properties.script };
  }
  const name = properties.module === '' ? properties.command : `${properties.module}\\${properties.command}`;
  return { script: RUN_NAMED_COMMAND, parameters: { Name: name, Arguments: properties.parameters } };
}

/** No request is held longer than a browser would wait for it. */
function clamp(waitTimeMs: number): number {
  return Math.min(Math.max(waitTimeMs, 0), 30_000);
}
