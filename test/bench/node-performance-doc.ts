import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure, Measured } from './figures.ts';

const FILE = join(import.meta.dirname, '../../docs/performance-nodes.md');

interface Limit {
  /** As the table says it. */
  readonly words: string;
  readonly isKept: (measured: Measured & { readonly peerValue: number }) => boolean;
}

const atMost = (ratio: number): Limit => ({
  words: `${String(ratio)} × ${ratio === 1 ? 'the peer' : 'it'}`,
  isKept: ({ value, peerValue }) => value <= ratio * peerValue,
});

/** By the figure's name. */
const LIMITS: Readonly<Record<string, Limit>> = {
  'probe-first-answer': {
    words: '200 ms after it',
    isKept: ({ value, peerValue }) => value - peerValue <= 200,
  },
  'probe-last-answer': atMost(1.5),
  'probe-forty': atMost(1),
  'probe-many-dropped': atMost(1.2),
  'probe-many-dropped-serial': {
    words: 'a fiftieth of it',
    isKept: ({ value, peerValue }) => value * 50 <= peerValue,
  },
  'probe-bytes-per-endpoint': { words: '1000 B', isKept: ({ value }) => value <= 1000 },
  'check-1-last': atMost(2.5),
};

/** Writes `docs/performance-nodes.md` from what was measured of nodes, the probe and whole checks. */
export function writeNodePerformance(figures: readonly Figure[]): void {
  const computer = figures.find(({ what }) => what === 'computer');
  const rows = figures.flatMap(({ what, note, measured }) => {
    if (measured === undefined || !/^(node|probe|check)-/.test(measured.figure)) return [];
    const { peer, peerValue, unit } = measured;
    const value = unit === 'count' ? String(measured.value) : `${String(measured.value)} ${unit}`;
    const ratio =
      peerValue === undefined || peerValue === 0 ? '' : `${(measured.value / peerValue).toFixed(2)} ×`;
    const limit = LIMITS[measured.figure];
    const kept = limit?.isKept({ ...measured, peerValue: peerValue ?? 0 }) === true ? 'kept' : '**not kept**';
    const other = peer === undefined ? '' : `${peer}: ${String(peerValue)} ${unit}`;
    return [`| ${[what, value, other, ratio, limit?.words ?? '', limit ? kept : '', note].join(' | ')} |`];
  });
  if (rows.length === 0) return;
  writeFileSync(
    FILE,
    `# How fast nodes are checked

Written by \`npm run bench -- node probe cluster --write\`; do not edit. Measured on ${computer?.value ?? 'a computer'}, ${computer?.note ?? ''}, in the lab:
nodes, their curl, the servers that answer, the gateway and the browser share these cores, so that processor time is what
there is least of. curl and Invoke-WebRequest ran in turn with the product's script, from the same node, to the same servers.
Each pass of Invoke-WebRequest meets hosts that its engine has not met, as a check does: met again, they get the TLS sessions of
before and a short handshake, which curl, a new process each time, never has. What that is worth is the row after.

What the script costs beside curl, an engine that has met it before: a session and the script's start, curl's
configuration in one pass, reading curl's lines (about 14 an endpoint, 4 kB, most of it certificates, and 4 kB of blanks that let
them out of curl's buffer) in one block, and a text for each endpoint. Certificates of authorities are taken apart once each; what stands before a trusted leaf's key is read in the
browser. On 16 nodes the processor is the limit: see the processor times of that check.

| what | measured | peer | ratio | limit | | note |
| ---- | -------: | ---- | ----: | ----- | - | ---- |
${rows.join('\n')}
`,
  );
}
