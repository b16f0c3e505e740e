import { spawn } from 'node:child_process';

/** Runs a program to its end. Rejects with its own words when it fails. */
export function runProgram(
  command: readonly string[],
  input = '',
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'pipe', env: environment });
    let output = '';
    let complaints = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
    child.stdin.on('error', () => undefined).end(input);
    child.on('error', error =>
      reject('code' in error && error.code === 'ENOENT' ? new Error(`${program} is not installed`) : error),
    );
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${program} failed: ${complaints.trim() || `exit code ${code ?? signal}`}`));
    });
  });
}
