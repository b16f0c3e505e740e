import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { say, tools } from './shared.mjs';

/**
 * Locks between the commands of one checkout. A lock is a file in `.tools/locks` that names its owner and the programs
 * that the owner has started. It holds as long as one of them runs: a command that was killed may leave `npm ci` behind.
 */

const POLL_MS = 200;

/**
 * Takes the lock, waiting for whoever has it, and resolves with what gives it back.
 *
 * @param name of the lock
 * @param doing what its owner does, for those who wait: "sets this folder up"
 */
export async function takeLock(name, doing, folder = join(tools, 'locks')) {
  await mkdir(folder, { recursive: true });
  const file = join(folder, name);
  const lock = new Lock(file, { doing, processes: [processOf(process.pid)] });
  const own = `${file}.${randomUUID()}`;
  await writeFile(own, lock.text());
  try {
    let told = '';
    // A link appears with its content, so that nobody reads a lock without an owner.
    while (!(await linked(own, file))) {
      const text = await readFile(file, 'utf8').catch(() => undefined);
      if (text === undefined) continue;
      const wait = whatToWaitFor(text, file);
      if (wait === undefined) {
        await breakLock(file, text);
        continue;
      }
      if (wait !== told) say(wait);
      told = wait;
      await delay(POLL_MS);
    }
  } finally {
    await rm(own, { force: true });
  }
  return lock;
}

class Lock {
  #file;
  #state;
  #writing = Promise.resolve();

  constructor(file, state) {
    this.#file = file;
    this.#state = state;
  }

  text() {
    return JSON.stringify(this.#state);
  }

  /** The lock also holds as long as this program runs, should its owner be killed. */
  holdFor(child) {
    if (child.pid === undefined) return;
    const entry = { ...processOf(child.pid), program: child.spawnfile };
    this.#state.processes.push(entry);
    this.#write();
    child.once('exit', () => {
      this.#state.processes = this.#state.processes.filter(each => each !== entry);
      this.#write();
    });
  }

  async release() {
    await this.#writing;
    await rm(this.#file, { force: true });
  }

  /** At once as a whole, and in order. */
  #write() {
    const text = this.text();
    const fresh = `${this.#file}.${process.pid}.new`;
    this.#writing = this.#writing.then(() => writeFile(fresh, text)).then(() => rename(fresh, this.#file));
    // Without it the lock is only a little weaker.
    this.#writing = this.#writing.catch(() => undefined);
  }
}

/** The sentence for whoever waits; undefined when nobody holds the lock. */
function whatToWaitFor(text, file) {
  let state;
  try {
    state = JSON.parse(text);
  } catch {
    return undefined;
  }
  const [owner, ...others] = state.processes;
  if (isRunning(owner)) return `Process ${owner.pid} ${state.doing}: waiting for it to end …`;
  const left = others.find(isRunning);
  return (
    left &&
    `A command that was ended left ${left.program} (process ${left.pid}) running: waiting for it to end. If that is none of this project's, delete ${file}.`
  );
}

/** Two may find the same dead lock; the second must not remove what the first has put in its place. */
async function breakLock(file, text) {
  const aside = `${file}.${process.pid}.dead`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, 'utf8')) !== text) await linked(aside, file);
  await rm(aside, { force: true });
}

async function linked(from, to) {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** A process, with what tells it from a later one of the same number where the system says so. */
function processOf(pid) {
  return { pid, started: startOf(pid) };
}

function isRunning({ pid, started }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return started === startOf(pid);
}

/** Linux: clock ticks from the computer's start to the process's (proc(5), /proc/pid/stat, field 22); a zombie has none. */
function startOf(pid) {
  if (process.platform !== 'linux') return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name, which may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'zombie' : fields[19];
  } catch {
    return undefined;
  }
}
