import { spawn } from 'node:child_process';
import { ROOT } from './paths.ts';

/**
 * Runs a program in the project's folder with our streams; resolves with its exit code.
 *
 * @param stdout 2 for a program that is only a step: stdout belongs to the command
 */
export function runProgram(
  program: string,
  args: readonly string[],
  env = process.env,
  stdout: 'inherit' | 2 = 'inherit',
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, env, stdio: ['ignore', stdout, 'inherit'] });
    child.on('error', reject);
    child.on('exit', code => {
      resolve(code ?? 1);
    });
  });
}

/** Runs one of the packages' own programs, named by its file below node_modules. */
export function runPackage(
  file: string,
  args: readonly string[],
  stdout: 'inherit' | 2 = 'inherit',
): Promise<number> {
  return runProgram(process.execPath, [`${ROOT}/node_modules/${file}`, ...args], process.env, stdout);
}
