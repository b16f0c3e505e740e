/** How often it is looked: nothing tells a process that its parent has gone. */
const EVERY_MS = 500;
const parent = process.ppid;

/**
 * Calls back once when the shell has gone in which npm runs a command: npm passes a signal on to it, and a shell that does not pass it
 * on in turn (dash) ends and leaves the command behind. Without npm, who starts a command may go, and it stays.
 */
export function onceNpmIsGone(act) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, EVERY_MS);
  timer.unref();
}
