import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  BootstrapError,
  canInstallDebianPackages,
  installDebianPackages,
  output,
  root,
  say,
  succeeds,
  which,
} from './shared.mjs';

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

/** Puts the browser for the tests into CHROMIUM_PATH: an installed one, Debian's, or Playwright's own download. */
export async function ensureBrowser(env) {
  if (env.CHROMIUM_PATH) {
    if (existsSync(env.CHROMIUM_PATH)) return;
    throw new BootstrapError(
      `CHROMIUM_PATH names ${env.CHROMIUM_PATH}, where no file is: correct it or unset it.`,
    );
  }
  let found = installed(env);
  if (!found && canInstallDebianPackages(env)) {
    say('No Chromium, Chrome or Edge found: installing the system package chromium …');
    await installDebianPackages(['chromium'], env);
    found = installed(env);
  }
  if (!found) {
    say("No Chromium, Chrome or Edge found: trying Playwright's own download …");
    const cli = join(root, 'node_modules/playwright-core/cli.js');
    await succeeds('node', [cli, 'install', 'chromium'], env);
    found = output(
      'node',
      ['-e', "process.stdout.write(require('playwright-core').chromium.executablePath())"],
      { ...env, NODE_PATH: join(root, 'node_modules') },
    );
  }
  if (!found || !existsSync(found))
    throw new BootstrapError(
      'The tests need a browser: install Chromium, Chrome or Edge, or name one in CHROMIUM_PATH.',
    );
  env.CHROMIUM_PATH = found;
}

function installed(env) {
  for (const name of NAMES) {
    const file = which(name, env);
    if (file) return file;
  }
  return PLACES.find(place => existsSync(place));
}
