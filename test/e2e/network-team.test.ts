import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { checkEnds, startCheck } from './support/matrix.ts';
import { download } from './support/download.ts';
import { auditReport } from './support/report.ts';
import { startTool, type Tool } from './support/tool.ts';

interface RunFile {
  readonly findings: readonly { readonly endpoints: readonly string[] }[];
}

/** From an empty browser to what the network team needs, in five clicks. */
describe('what failed, for the network team', () => {
  let tool: Tool;

  before(async () => {
    const faults = [
      { host: 'management.azure.com', fault: 'drop' },
      { host: 'go.microsoft.com', fault: 'refuse' },
      // Stands for a wildcard.
      { host: 'winadmincenterassets.blob.core.windows.net', fault: 'drop' },
    ];
    const nodes = ['node1', 'node2'].map(name => ({ name, faults }));
    tool = await startTool({ scenario: { cluster: { name: 'hci.contoso.local', cloud: 'public' }, nodes } });
  });

  after(() => tool.close());

  it('is a firewall policy with exactly the doors that failed', async () => {
    const press = (name: string) => tool.frame.getByRole('button', { name, exact: true }).click();
    await startCheck(tool, () => press('Check'));
    await checkEnds(tool);
    await press('Give to the network team');
    await press('Export what failed');
    const dialog = tool.frame.getByRole('dialog', { name: 'Export the allowlist' });
    await dialog.getByRole('radio', { name: 'Azure Firewall policy, Bicep' }).check();
    await dialog.getByText('existing firewall policy').waitFor();
    const file = await download(tool, () => dialog.getByRole('button', { name: 'Save file' }).click());
    assert.match(file.name, /\.bicep$/);
    // What Bicep itself makes of such a file is proven in test/formats.
    const rules = [
      ...file.text.matchAll(/name: '([a-z]+-\d+)'[\s\S]*?(?:targetFqdns|destination\w+): \[([\s\S]*?)\]/g),
    ];
    const hosts = (list: string) => [...list.matchAll(/^ *'([^']+)'$/gm)].map(([, host = '']) => host);
    const doors = rules.flatMap(([, name = '', list = '']) => hosts(list).map(host => `${name} ${host}`));
    assert.deepEqual(doors.sort(), [
      ...['http-80 go.microsoft.com', 'https-443 *.blob.core.windows.net', 'https-443 management.azure.com'],
    ]);
    assert.equal(file.text.match(/ruleType:/g)?.length, rules.length, 'and no rule beside these');
    assert.equal(file.text.match(/^ *'[^']+'$/gm)?.length, doors.length, 'and no host');

    // The same out of the run's own file: the rules of every result that failed.
    await tool.openTab('Reachability');
    await press('Export results');
    const run = JSON.parse((await download(tool, () => press('Save file'))).text) as RunFile;
    const failed = new Set(run.findings.flatMap(finding => finding.endpoints));
    assert.deepEqual(
      [...failed].map(each => each.replace('winadmincenterassets.blob', '*.blob')).sort(),
      doors.map(each => each.replace(/^(\w+)-(\d+) (.*)$/, '$3:$2/$1')).sort(),
    );
  });

  it('is a report that opens from a file without script and network, prints, and is for everybody', async () => {
    await tool.frame.getByRole('button', { name: 'Export results', exact: true }).click();
    await tool.frame.getByRole('radio', { name: /report/i }).check();
    const report = await download(tool, () =>
      tool.frame.getByRole('button', { name: 'Save file', exact: true }).click(),
    );
    assert.match(report.name, /^outbound-reachability_hci_public_.*\.html$/);
    const browser = tool.page.context().browser() ?? assert.fail();
    assert.deepEqual(await auditReport(browser, report.text), []);
  });

  it('is a mail draft with every request', async () => {
    await tool.openTab('Overview');
    await tool.frame.getByRole('button', { name: 'Give to the network team', exact: true }).click();
    const mail = await download(tool, () =>
      tool.frame.getByRole('button', { name: 'Save as a mail draft' }).click(),
    );
    assert.match(mail.name, /^outbound-requests_hci_public_.*\.eml$/);
    const text = Buffer.from(mail.text.split('\r\n\r\n')[1] ?? '', 'base64').toString();
    assert.match(text, /management\.azure\.com, TCP 443/);
    assert.match(text, /go\.microsoft\.com, TCP 80/);
  });

  it('is what the firewall does not have yet, by its own file', async () => {
    await tool.page.keyboard.press('Escape');
    await tool.openTab('Allowlist');
    await tool.frame.getByRole('button', { name: 'Compare with the firewall' }).click();
    const panel = tool.frame.getByRole('dialog', { name: 'What does the firewall have already?' });
    const have = 'acl azure dstdomain .azure.com\nacl ssl port 443\nhttp_access allow CONNECT ssl azure\n';
    await panel
      .getByLabel('Load a file')
      .setInputFiles({ name: 'squid.conf', mimeType: 'text/plain', buffer: Buffer.from(have) });
    await panel.getByText('Read as a Squid configuration').waitFor();
    await panel.getByLabel('Show').selectOption('covered');
    await panel.getByText('management.azure.com:443/https').waitFor();
    await panel.getByRole('button', { name: 'Export what is missing' }).click();
    const dialog = tool.frame.getByRole('dialog', { name: 'Export the allowlist' });
    const file = await download(tool, () => dialog.getByRole('button', { name: 'Save file' }).click());
    assert.match(file.text, /go\.microsoft\.com/);
    assert.doesNotMatch(file.text, /"https:\/\/management\.azure\.com"/);
  });

  it('leaves the browser without a complaint', () => {
    assert.deepEqual(tool.complaints, []);
  });
});
