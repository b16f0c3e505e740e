import type { Json, RemoteCommand } from '../../wac/remote-shell';

/**
 * The script with its parameters as text that runs the same in Windows PowerShell: data stays data, in one here-string
 * that nothing in it can end, because JSON has no line breaks.
 */
export function scriptText({ name, parameters = {} }: RemoteCommand, script: string): string {
  const names = Object.keys(parameters);
  const body = ['& {', script.trimEnd(), `} ${names.map(each => `-${each} $parameters.${each}`).join(' ')}`];
  if (names.length === 0) return [`# ${name}`, '& {', script.trimEnd(), '}', ''].join('\r\n');
  return [`# ${name}`, "$parameters = ConvertFrom-Json @'", asJson(parameters), "'@", ...body, ''].join(
    '\r\n',
  );
}

/** In characters that every console and every encoding keeps. */
function asJson(value: { readonly [key: string]: Json }): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
