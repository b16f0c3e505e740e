#!/usr/bin/env node
/**
 * A `powershell.exe` made of the simulated nodes' engine, for the switch `--engine` alone: the arguments of Windows
 * PowerShell that the read-only tests use, texts out as lines, an error as text with exit code 1. It proves that the
 * switch works, nothing of Windows.
 */
import { readFileSync } from 'node:fs';
import { PowerShellHost } from '../../emulator/nodes/powershell-host.ts';

/** Switches with a value that makes no difference here. */
const IGNORED = new Set(['-executionpolicy', '-version']);

function scriptOf(args: readonly string[]): string {
  for (let index = 0; index < args.length; index += 1) {
    const [name = '', value = ''] = [args[index]?.toLowerCase(), args[index + 1]];
    if (name === '-encodedcommand') return Buffer.from(value, 'base64').toString('utf16le');
    if (name === '-command') return args.slice(index + 1).join(' ');
    if (name === '-file') return readFileSync(value, 'utf8');
    if (IGNORED.has(name)) index += 1;
  }
  throw new Error('Nothing to run: -EncodedCommand, -Command or -File is missing.');
}

const host = PowerShellHost.spawn();
await host.seed({
  name: 'node1',
  cluster: { name: 'hci.contoso.local', nodes: [{ Name: 'node1', State: 'Up' }] },
});
const failed = await new Promise<boolean>(resolve => {
  host.run(
    { script: scriptOf(process.argv.slice(2)) },
    {
      output: value => console.log(typeof value === 'string' ? value : JSON.stringify(value)),
      end: ({ outcome, errors }) => {
        for (const { message } of errors) console.error(message);
        resolve(outcome !== 'completed');
      },
    },
  );
});
await host.close();
process.exitCode = failed ? 1 : 0;
