import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const FOLDER = join(import.meta.dirname, '../../emulator/powershell-check');
const read = (file: string): unknown => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));

/** Of modules and programs that come with roles, features and the gallery, or are no commands of PowerShell. */
const ELSEWHERE = /Cluster|AzureStackHCI|NetIntent|WinInetProxy|Package|Install-Module|\.exe$|^netsh$/;
/** What the registry drive adds to a command; a recording without a drive does not show it. */
const OF_THE_DRIVE = new Set(['Set-ItemProperty -Type', 'Get-ChildItem -CodeSigningCert']);
/** What the file system's drive adds. */
const OF_FILES =
  /^(Get|Set|Add)-(Content|ChildItem|Item) -(Raw|Encoding|Directory|File|Hidden|Attributes|Wait)$/;

describe('commands that scripts may use', () => {
  const { commands } = read('recorded-5.1.json') as {
    readonly commands: Readonly<Record<string, readonly string[]>>;
  };
  const allowed = Object.entries(read('commands.json') as Readonly<Record<string, readonly string[]>>);

  it('are those of a real Windows PowerShell 5.1, with their parameters', () => {
    const wrong = allowed.flatMap(([name, parameters]) => {
      if (ELSEWHERE.test(name)) return [];
      const recorded = commands[name];
      if (recorded === undefined) return [name];
      return parameters
        .map(parameter => `${name} -${parameter}`)
        .filter(
          use =>
            !recorded.includes(use.split(' -')[1] ?? '') && !OF_THE_DRIVE.has(use) && !OF_FILES.test(use),
        );
    });
    assert.deepEqual(wrong, []);
  });
});
