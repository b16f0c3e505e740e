import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { Place } from '../network/address-plan.ts';
import type { ScenarioNode } from '../scenario.ts';

const PORT = 123;
const LENGTH = 48;
/** Seconds from 1900, where NTP begins, to 1970. */
const EPOCH = 2_208_988_800;

/** The lab's time servers: each listed one at its own address, so that the answer comes from where it was asked. */
export async function serveTime(
  places: readonly Place[],
  nodeAt: (address: string) => ScenarioNode | undefined,
): Promise<void> {
  await Promise.all(
    places
      .filter(({ isTimeServer }) => isTimeServer)
      .map(async ({ address }) => {
        const socket = createSocket('udp4');
        socket.on('error', () => undefined);
        socket.on('message', (question, from) => {
          if (question.length < LENGTH) return;
          const skew = nodeAt(from.address)?.clockSkewSeconds ?? 0;
          socket.send(answerTo(question, Date.now() - skew * 1000), from.port, from.address);
        });
        socket.bind(PORT, address);
        await once(socket, 'listening');
      }),
  );
}

/** Server's answer of version 4 (RFC 5905, section 7.3). @param now milliseconds since 1970 */
export function answerTo(question: Buffer, now: number): Buffer {
  const answer = Buffer.alloc(LENGTH);
  answer[0] = 0b00_100_100;
  answer[1] = 2;
  answer.write('LAB', 12, 'latin1');
  question.copy(answer, 24, 40, 48);
  for (const at of [16, 32, 40]) {
    answer.writeUInt32BE((Math.floor(now / 1000) + EPOCH) >>> 0, at);
    answer.writeUInt32BE(Math.floor(((now % 1000) / 1000) * 2 ** 32) >>> 0, at + 4);
  }
  return answer;
}
