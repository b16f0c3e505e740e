/**
 * Runs the check in the network that this process is in, and prints the matrix as JSON. A program of its own, because a
 * test cannot move itself into another network: `local.test.ts` starts it in one that has only its loopback.
 */
import { readCells, runCheck } from './matrix.ts';
import { startTool } from './tool.ts';

const tool = await startTool({ scenario: 'all-open', network: 'local' });
try {
  await tool.openTab('Reachability');
  await runCheck(tool);
  const cells = Object.fromEntries(await readCells(tool));
  await tool.picture('check-local');
  const network = await tool.page.locator('#network').innerText();
  console.log(JSON.stringify({ cells, network, complaints: tool.complaints }));
} finally {
  await tool.close();
}
