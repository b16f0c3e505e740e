import fc from 'fast-check';
import { have } from '../../../../../test/jest/have';
import { coverageOf } from '../../compare/coverage';

type Action = 'Allow' | 'Deny';
interface Collection {
  readonly action: Action;
  readonly layer: 'application' | 'network';
  readonly priority?: number | string;
  readonly group?: number;
}

/** Collections for every host, in the order of the file. */
function policy(...collections: readonly Collection[]): string {
  const rule = {
    application: { targetFqdns: ['*'], protocols: [{ protocolType: 'Https', port: 443 }] },
    network: { destinationAddresses: ['*'], ipProtocols: ['Any'], destinationPorts: ['*'] },
  };
  return JSON.stringify({
    resources: collections.map(({ action, layer, priority, group }) => ({
      properties: {
        ...(group !== undefined && { priority: group }),
        ruleCollections: [
          { ...(priority !== undefined && { priority }), action: { type: action }, rules: [rule[layer]] },
        ],
      },
    })),
  });
}

const said = (file: string) =>
  coverageOf([{ host: 'login.example.com', port: 443, protocol: 'https' }], have(file)).rows[0]?.state;

const application = (action: Action, priority?: number | string, group?: number): Collection => ({
  ...{ action, layer: 'application' },
  ...(priority !== undefined && { priority }),
  ...(group !== undefined && { group }),
});
const network = (action: Action, priority?: number): Collection => ({
  ...application(action, priority),
  layer: 'network',
});

describe('A rule of Azure Firewall that closes all', () => {
  it.each([
    ['of a lower number, behind in the file', [application('Allow', 100), application('Deny', 50)], 'half'],
    ['of a higher number, in front', [application('Deny', 65000), application('Allow', 100)], 'covered'],
    ['of the network, whatever its number', [application('Allow', 100), network('Deny', 65000)], 'half'],
    [
      'of applications, behind one of the network',
      [network('Allow', 400), application('Deny', 100)],
      'covered',
    ],
    ['of the same number', [application('Allow', 100), application('Deny', 100)], 'half'],
    ['of an earlier group', [application('Allow', 100, 300), application('Deny', 900, 200)], 'half'],
    ['of a later group', [application('Deny', 100, 300), application('Allow', 900, 200)], 'covered'],
    [
      'of a number that stands elsewhere',
      [application('Allow', 100), application('Deny', "[parameters('p')]")],
      'half',
    ],
    ['of no number beside one that has one', [application('Allow', 100), application('Deny')], 'half'],
    ['of no number, in front', [application('Deny'), application('Allow')], 'half'],
    ['of no number, at the end', [application('Allow'), application('Deny')], 'covered'],
  ])('%s', (_, collections, expected) => {
    expect(said(policy(...collections))).toBe(expected);
  });

  it('decides as the firewall does, wherever the file has it', () => {
    const collection = fc.record({
      action: fc.constantFrom<Action>('Allow', 'Deny'),
      layer: fc.constantFrom<Collection['layer']>('application', 'network'),
      group: fc.constantFrom(100, 200),
      priority: fc.integer({ min: 100, max: 65000 }),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(collection, { minLength: 1, maxLength: 5, selector: ({ priority }) => priority }),
        collections => {
          const [first] = collections.toSorted(
            (a, b) => b.layer.localeCompare(a.layer) || a.group - b.group || a.priority - b.priority,
          );
          expect(said(policy(...collections)) === 'covered').toBe(first?.action === 'Allow');
        },
      ),
    );
  });
});
