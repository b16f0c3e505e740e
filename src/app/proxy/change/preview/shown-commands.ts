import { partsOf, type RawValue, VALUE_PLACES, type ValueId } from '../../setting/layers/raw-values';
import { proxyCommand, quoted } from './proxy-command';
import type { Order } from '../order';

/** The commands that an order runs on a node, for showing; copied into a PowerShell they do the same. */
export function shownCommands(order: Order): readonly string[] {
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
  shown.push(...linesOf(Values).map(valueCommand));
  if (RestartAgent === true) shown.push('Restart-Service -Name himds, ExtensionService, GCArcService -Force');
  return shown;
}

function linesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

function valueCommand(line: string): string {
  const sign = line.indexOf('=');
  const [key, name] = VALUE_PLACES[line.slice(0, sign) as ValueId];
  const value = line.slice(sign + 1);
  if (value === 'absent') return `Remove-ItemProperty -LiteralPath ${quoted(key)} -Name ${name}`;
  const { kind } = partsOf(value);
  return `Set-ItemProperty -LiteralPath ${quoted(key)} -Name ${name} -Type ${kind} -Value ${dataText(value)}`;
}

function dataText(value: RawValue): string {
  const { kind, data } = partsOf(value);
  if (kind === 'Binary') return `([byte[]](${(data.match(/../g) ?? []).map(pair => `0x${pair}`).join(',')}))`;
  return kind === 'DWord' || kind === 'QWord' ? data : quoted(data);
}
