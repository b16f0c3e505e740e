import { spawn } from 'node:child_process';
import { ROOT } from './paths.ts';

/** Runs a program in the project's folder with our streams; resolves with its exit code. */
export function runProgram(program: string, args: readonly string[], env = process.env): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('exit', code => {
      resolve(code ?? 1);
    });
  });
}

/** Runs one of the packages' own programs, named by its file below node_modules. */
export function runPackage(file: string, args: readonly string[]): Promise<number> {
  return runProgram(process.execPath, [`${ROOT}/node_modules/${file}`, ...args]);
}
