/** Starts a lab with two nodes, writes how each meets the same endpoints, and stops it. For users other than the test's. */
import { startLab } from '../../emulator/lab/network/lab-network.ts';
import { scenarioOf, tryFrom } from './lab-under-test.ts';

const faults = [
  { host: 'management.azure.com', fault: 'drop' },
  { host: 'graph.windows.net', fault: 'refuse' },
  { host: 'login.microsoftonline.com', fault: 'nxdomain' },
  { host: '*.powershellgallery.com', fault: 'intercept' },
];
const urls = [...faults.map(fault => `https://${fault.host.replace('*', 'www')}`), 'http://go.microsoft.com'];
const lab = await startLab(scenarioOf([{ name: 'broken', faults }, { name: 'healthy' }]), console.error);
const [broken, healthy] = await Promise.all(
  ['broken', 'healthy'].map(async node =>
    Object.fromEntries(
      [...(await tryFrom(lab, node, ...urls))].map(([url, { failed, root }]) => [
        url,
        failed ?? root ?? 'plain',
      ]),
    ),
  ),
);
await lab.stop();
process.stdout.write(JSON.stringify({ broken, healthy }));
