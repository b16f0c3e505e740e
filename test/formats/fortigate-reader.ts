import assert from 'node:assert/strict';

/** Reads `config … edit … set … next … end`, line by line, and refuses everything else. */
export function readFortiGate(text: string): {
  readonly objects: ReadonlyMap<string, string>;
  readonly groups: ReadonlyMap<string, readonly string[]>;
} {
  const objects = new Map<string, string>();
  const groups = new Map<string, readonly string[]>();
  let table = '';
  let entry = '';
  for (const line of text.split('\n').map(each => each.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const [, config] = /^config firewall (address|addrgrp)$/.exec(line) ?? [];
    const [, edit] = /^edit "([^"\\?]+)"$/.exec(line) ?? [];
    const [, name, value = ''] = /^set (type|fqdn|subnet|comment|member) (.+)$/.exec(line) ?? [];
    const isQuoted = /^(?:"[^"\\?]*" ?)+$/.test(value);
    if (config !== undefined && table === '') table = config;
    else if (edit !== undefined && table !== '' && entry === '') entry = edit;
    else if (name !== undefined && entry !== '') {
      if (name === 'type') assert.match(value, /^(fqdn|ipmask)$/);
      else if (name === 'subnet') objects.set(entry, value.replace(' 255.255.255.255', ''));
      else assert.ok(isQuoted, line);
      if (name === 'comment') assert.ok(Buffer.byteLength(value) <= 257, line);
      if (name === 'fqdn') objects.set(entry, value.slice(1, -1));
      if (name === 'member')
        groups.set(
          entry,
          [...value.matchAll(/"([^"]+)"/g)].map(([, each = '']) => each),
        );
    } else if (line === 'next' && entry !== '') entry = '';
    else if (line === 'end' && table !== '' && entry === '') table = '';
    else assert.fail(`no command of this table: ${line}`);
  }
  assert.equal(`${table}${entry}`, '');
  return { objects, groups };
}
