/** Starts a lab with a program on a node, says so, and waits to be ended. Argument: name of a scenario. */
import { startLab } from '../../emulator/lab/network/lab-network.ts';
import { readScenario } from '../../emulator/lab/read-scenario.ts';

const lab = await startLab(readScenario(process.argv[2] ?? 'default'), line =>
  process.stderr.write(`${line}\n`),
);
const program = await lab.spawn('node1', ['sh', '-c', 'echo running; sleep 986 & wait'], {});
program.stdout.once('data', () => process.stdout.write('holding\n'));
process.stdin.once('end', () => void lab.stop()).resume();
