import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { before, describe, it } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { readScenario } from '../../emulator/lab/read-scenario.ts';
import { writePackage } from '../../scripts/package.ts';
import { openTool, launchBrowser } from '../e2e/support/tool.ts';
import { startEmulator } from '../../emulator/emulator.ts';
import { startNode } from '../support/node-host.ts';

const ROOT = join(import.meta.dirname, '../..');
const MODULE = 'ux/powershell-module/Community.OutboundConnectivity/Community.OutboundConnectivity';

describe('the package for Windows Admin Center', () => {
  let path: string;
  let files: Record<string, Uint8Array>;
  let manifest: { name: string; version: string; target: string; powerShellModuleName: string };

  const text = (name: string): string => {
    const content = files[name];
    assert.ok(content, `${name} is in the package`);
    return strFromU8(content);
  };
  const element = (xml: string, name: string): string =>
    new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';

  before(async () => {
    path = await writePackage('https://example.org/outbound', () => undefined);
    files = unzipSync(await readFile(path));
    manifest = JSON.parse(await readFile(join(ROOT, 'manifest.json'), 'utf8')) as typeof manifest;
  });

  it('is named as a feed looks for it', () => {
    assert.ok(path.endsWith(`${manifest.name}.${manifest.version}.nupkg`), path);
  });

  it('says what the publishing guide asks for, with the id of the manifest', () => {
    const nuspec = text(`${manifest.name}.nuspec`);
    assert.equal(element(nuspec, 'id'), manifest.name);
    assert.equal(element(nuspec, 'version'), manifest.version);
    assert.match(nuspec, /<packageType name="WindowsAdminCenterExtension" \/>/);
    for (const name of ['title', 'authors', 'description', 'licenseUrl', 'tags']) {
      assert.notEqual(element(nuspec, name), '', name);
      assert.doesNotMatch(element(nuspec, name), /resources:/, name);
    }
    assert.equal(element(nuspec, 'projectUrl'), 'https://example.org/outbound');
    assert.ok(files[element(nuspec, 'icon')], 'the icon it names is there');
    assert.ok(files['LICENSE']);
  });

  it('declares the kind of every file, as the packaging conventions ask', () => {
    const types = text('[Content_Types].xml');
    for (const name of Object.keys(files)) {
      if (name === '[Content_Types].xml') continue;
      const file = name.slice(name.lastIndexOf('/') + 1);
      const declared = file.includes('.')
        ? `Extension="${file.slice(file.lastIndexOf('.') + 1)}"`
        : `PartName="/${name}"`;
      assert.ok(types.includes(declared), `${name}: ${declared}`);
    }
    assert.ok(text('_rels/.rels').includes(`Target="/${manifest.name}.nuspec"`));
  });

  it('has the build under ux: the manifest, the page, and all that the page loads', () => {
    assert.deepEqual(JSON.parse(text('ux/manifest.json')), manifest);
    const page = text('ux/index.html');
    const loaded = [...page.matchAll(/(?:src|href)="([^"/][^"]*\.(?:js|css))"/g)].map(match => match[1]);
    assert.ok(loaded.length >= 2);
    for (const file of loaded) assert.ok(files[`ux/${file ?? ''}`], file);
    assert.ok(files['ux/assets/icons/outbound-connectivity.svg']);
    assert.ok(files['ux/assets/strings/strings.json']);
    assert.ok(files['ux/assets/catalog/2022-01.json']);
  });

  it('holds nothing of the workshop', () => {
    for (const name of Object.keys(files)) {
      assert.doesNotMatch(name, /\.(ts|map|spec)|node_modules|stats\.json/, name);
    }
  });

  it('carries the scripts as a module whose functions the engine can load', async t => {
    const node = await startNode({});
    t.after(() => node.stop());
    const code = text(`${MODULE}.psm1`);
    const scripts = JSON.parse(text('ux/assets/powershell/scripts.json')) as Record<string, string>;
    const names = Object.keys(scripts).sort();
    const run = await node.run(
      'param($Code) $module = New-Module -Name Trial -ScriptBlock ([scriptblock]::Create($Code)); ' +
        'foreach ($name in $module.ExportedFunctions.Keys) { $name }',
      { Code: code },
    );
    assert.deepEqual(run.errors, []);
    assert.deepEqual([...run.output].sort(), names);
    const definition = text(`${MODULE}.psd1`);
    for (const name of names) {
      assert.ok(definition.includes(`'${name}'`), name);
      assert.match(scripts[name] ?? '', /\.ROLE\s+(Readers|Administrators)/, name);
    }
    assert.doesNotMatch(code, /[^\x00-\x7f]/, 'Windows PowerShell reads a file without a mark as ANSI');
    assert.ok(definition.includes(`ModuleVersion     = '${manifest.version}'`));
  });

  it('runs from the installed layout below /modules/<name>/', async t => {
    const folder = await mkdtemp(join(tmpdir(), 'installed-'));
    t.after(() => rm(folder, { recursive: true, force: true }));
    for (const [name, content] of Object.entries(files)) {
      if (!name.startsWith('ux/')) continue;
      const target = join(folder, decodeURI(name.slice('ux/'.length)));
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, content);
    }
    const emulator = await startEmulator({
      port: 0,
      scenario: readScenario('all-open'),
      network: 'local',
      appFolder: folder,
    });
    t.after(() => emulator.stop());
    const browser = await launchBrowser();
    t.after(() => browser.close());
    const tool = await openTool(browser, emulator);
    assert.ok(tool.page.frames().some(frame => frame.url().includes(`/modules/${manifest.name}/`)));
    await tool.openTab('Allowlist');
    await tool.frame.getByRole('heading', { name: 'Cluster registration and billing' }).waitFor();
    assert.deepEqual(tool.complaints, []);
  });
});
