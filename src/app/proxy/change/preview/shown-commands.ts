import { holdsCredentials } from '../../setting/layers/hidden-values';
import {
  partsOf,
  type RawValue,
  type SpelledNames,
  VALUE_PLACES,
  type ValueId,
} from '../../setting/layers/raw-values';
import { proxyCommand, quoted } from './proxy-command';
import type { Order } from '../order';

/**
 * The commands that an order runs on a node, for showing; copied into a PowerShell they do the same.
 * @param kept id of the change in whose copy on the node the order's values stand, so that no password is shown; '' where they stand in none
 */
export function shownCommands(order: Order, kept = ''): readonly string[] {
  const { Server, Bypass, Values, WinHttp, RestartAgent } = order.parameters;
  const bypass = Array.isArray(Bypass) ? (Bypass as readonly string[]) : [];
  const shown: string[] = [];
  if (order.script === 'Set-ProxySetting' && typeof Server === 'string')
    shown.push(proxyCommand({ server: Server, bypass }));
  if (order.script === 'Remove-ProxySetting') shown.push(proxyCommand(undefined));
  if (WinHttp === 'set' && typeof Server === 'string') {
    const words = [
      `proxy-server=${Server}`,
      ...(bypass.length > 0 ? [`bypass-list=${bypass.join(';')}`] : []),
    ];
    shown.push(`netsh winhttp set proxy ${words.map(quoted).join(' ')}`);
  }
  if (WinHttp === 'direct') shown.push('netsh winhttp reset proxy');
  shown.push(...new Set(linesOf(Values).flatMap(line => valueCommands(line, order.names ?? {}, kept))));
  if (RestartAgent === true) shown.push('Restart-Service -Name himds, ExtensionService, GCArcService -Force');
  return shown;
}

function linesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

/** The way of `Set-RawValue` in shared/ProxyChange.ps1: a value is made anew, since Windows keeps the kind of one that is there. */
function valueCommands(line: string, names: SpelledNames, kept: string): readonly string[] {
  const sign = line.indexOf('=');
  const id = line.slice(0, sign) as ValueId;
  const [key, usual] = VALUE_PLACES[id];
  const name = names[id] ?? usual;
  const value = line.slice(sign + 1);
  const place = `-LiteralPath ${quoted(key)} -Name ${name}`;
  const removal = `Get-ItemProperty ${place} -ErrorAction SilentlyContinue | Remove-ItemProperty -Name ${name}`;
  if (value === 'absent') return [removal];
  const { kind } = partsOf(value);
  const data = kept !== '' && holdsCredentials(value) ? keptText(id, kind, kept) : dataText(value);
  return [
    // One that is there keeps its spelling.
    ...(name === usual ? [] : [removal]),
    `if (-not (Test-Path -LiteralPath ${quoted(key)})) { New-Item -Path ${quoted(key)} -Force | Out-Null }`,
    `New-ItemProperty ${place} -PropertyType ${kind} -Value ${data} -Force | Out-Null`,
  ];
}

/** An expression that reads a value's data out of the copy that its node keeps. */
function keptText(id: string, kind: string, kept: string): string {
  const file = `"$env:ProgramData\\OutboundConnectivity\\Proxy\\${kept}\\snapshot.json"`;
  const lines = `(ConvertFrom-Json (Get-Content -LiteralPath ${file} -Raw -Encoding UTF8)).values`;
  const data = `((@(${lines}) -like '${id}=*')[0] -replace '\\A[^|]*\\|')`;
  switch (kind) {
    case 'Binary':
      return `([byte[]]@(${data} -split '(..)' -ne '' | ForEach-Object { [int]"0x$_" }))`;
    case 'MultiString':
      return `([string[]]@(${data} -split '\\n'))`;
    default:
      return data;
  }
}

/** An expression that is the value's data, whatever stands in it. */
function dataText(value: RawValue): string {
  const { kind, data } = partsOf(value);
  switch (kind) {
    case 'Binary':
      return `([byte[]]@(${(data.match(/../g) ?? []).map(pair => `0x${pair}`).join(',')}))`;
    case 'DWord':
      return `([int]'${data}')`;
    case 'QWord':
      return `([long]'${data}')`;
    case 'MultiString':
      return `([string[]]@(${data.split('\n').map(textOf).join(',')}))`;
    default:
      return textOf(data);
  }
}

/** A console takes some signs for keys and does not show others: those go by their numbers. */
const UNSEEN = /(?=[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}])|(?<=[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}])/u;

function textOf(text: string): string {
  const parts = text.split(UNSEEN);
  if (parts.length === 1 && !isUnseen(text)) return quoted(text);
  const numbers = (part: string): string[] =>
    part.split('').map(unit => `[char]0x${unit.charCodeAt(0).toString(16)}`);
  const terms = parts.flatMap(part => (isUnseen(part) ? numbers(part) : [quoted(part)]));
  return `('' + ${terms.join(' + ')})`;
}

function isUnseen(text: string): boolean {
  return /^[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(text);
}
