import { listedRules } from '../../emulator/lab/listed-rules.ts';
import type { Endpoint } from './probe-node.ts';

/** Every concrete host of an edition once, as the tool would ask curl for it. Its witness account is `contosowitness`. */
export function listedEndpoints(edition: string): readonly Endpoint[] {
  return [
    ...new Map(
      listedRules('contosowitness', edition).flatMap(({ host, hosts, port, protocol }) =>
        (protocol === 'ntp' ? [] : [host, ...hosts])
          .filter(name => !name.includes('*'))
          .map(
            name =>
              [
                `${name}:${port}`,
                { id: `${name}:${port}`, host: name, port, protocol: protocol as Endpoint['protocol'] },
              ] as const,
          ),
      ),
    ).values(),
  ];
}
