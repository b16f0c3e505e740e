import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { canInstallDebianPackages, installDebianPackages } from './debian.mjs';
import { BootstrapError, output, root, say, succeeds, which } from './shared.mjs';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'chrome',
  'msedge',
];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap(key =>
    process.env[key]
      ? [
          join(process.env[key], 'Google/Chrome/Application/chrome.exe'),
          join(process.env[key], 'Microsoft/Edge/Application/msedge.exe'),
        ]
      : [],
  ),
];

/** The browser for the tests, in CHROMIUM_PATH: an installed one, Debian's, or Playwright's own download. */
export const browser = {
  isThere(env) {
    if (env.CHROMIUM_PATH) {
      if (existsSync(env.CHROMIUM_PATH)) return true;
      throw new BootstrapError(
        `CHROMIUM_PATH names ${env.CHROMIUM_PATH}, where no file is: correct it or unset it.`,
      );
    }
    const found = installed(env) ?? downloaded(env);
    if (found) env.CHROMIUM_PATH = found;
    return found !== undefined;
  },

  /** @param others what settles when the packages are there, Playwright among them */
  async bring(env, { packages }) {
    if (canInstallDebianPackages(env)) {
      say('No Chromium, Chrome or Edge found: installing the system package chromium …');
      await installDebianPackages(['chromium'], env);
      if (installed(env)) return;
    }
    await packages;
    say("No Chromium, Chrome or Edge found: trying Playwright's own download …");
    await succeeds('node', [join(root, 'node_modules/playwright-core/cli.js'), 'install', 'chromium'], env);
    if (!downloaded(env))
      throw new BootstrapError(
        'The tests need a browser: install Chromium, Chrome or Edge, or name one in CHROMIUM_PATH.',
      );
  },
};

/** Playwright's own one; undefined as long as the packages are not there. */
function downloaded(env) {
  const file = output(
    'node',
    ['-e', "process.stdout.write(require('playwright-core').chromium.executablePath())"],
    { ...env, NODE_PATH: join(root, 'node_modules') },
  );
  return file && existsSync(file) ? file : undefined;
}

function installed(env) {
  for (const name of NAMES) {
    const file = which(name, env);
    if (file) return file;
  }
  return PLACES.find(place => existsSync(place));
}
