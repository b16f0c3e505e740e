import type { DesiredProxy } from '../../setting/proxy-setting';

/**
 * The command that runs on each node, for showing: what is run is the script with these values as parameters.
 * Copied into a PowerShell it does the same.
 */
export function proxyCommand(desired: DesiredProxy | undefined): string {
  if (desired === undefined) return 'Set-WinInetProxy';
  const command = `Set-WinInetProxy -ProxySettingsPerUser 0 -ProxyServer ${argument(desired.server)}`;
  return desired.bypass.length === 0
    ? command
    : `${command} -ProxyBypass ${argument(desired.bypass.join(';'))}`;
}

/** PowerShell takes any of these five as the end of a single-quoted text (about_Quoting_Rules); twice means itself. */
const SINGLE_QUOTES = /['\u2018\u2019\u201a\u201b]/g;

function argument(value: string): string {
  return /^[A-Za-z0-9][A-Za-z0-9.:_-]*$/.test(value) ? value : quoted(value);
}

/** A PowerShell literal of a text. */
export function quoted(value: string): string {
  return `'${value.replace(SINGLE_QUOTES, '$&$&')}'`;
}
