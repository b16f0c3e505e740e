import { type Check, type Rule } from '../edition.ts';

/** NTP has no other transport, and nothing else of the lists is there. */
const NTP = 123;

export const protocolPort: Check = {
  name: 'protocol-port',
  find: ({ rules }) =>
    rules.flatMap(rule => {
      const problem = problemOf(rule);
      return problem === undefined ? [] : [`rule "${rule.id}": ${problem}.`];
    }),
};

function problemOf({ protocol, port }: Rule): string | undefined {
  if (protocol === 'http' && port !== 80)
    return `http with port ${port}: http:// URLs connect to port 80; keep the document's port in "asWritten" and add a correction`;
  if (protocol !== 'http' && port === 80)
    return `${protocol} with port 80: write protocol "http", or the port that TLS uses`;
  if (protocol !== 'udp' && port === NTP) return `${protocol} with port ${NTP}: that is NTP, write "udp"`;
  return undefined;
}
