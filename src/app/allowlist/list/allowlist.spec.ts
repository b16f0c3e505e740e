import { shippedEdition } from '../../../../test/jest/edition';
import { CLOUDS, type Cloud } from '../../cluster/cluster';
import { type Allowlist, makeAllowlist, rowsOf } from './allowlist';
import { choiceFor } from '../choice/choice';

const edition = shippedEdition();

function hosts(allowlist: Allowlist, feature: string): string[] {
  const group = allowlist.groups.find(each => each.feature.id === feature);
  return (group?.rows ?? []).map(row => `${row.host}:${row.port}`);
}

describe('makeAllowlist', () => {
  it('keeps every feature of the document, in its order, for every cloud', () => {
    for (const cloud of CLOUDS)
      expect(makeAllowlist(edition, choiceFor(cloud)).groups.map(group => group.feature.id)).toEqual([
        'cluster-creation',
        'registration',
        'microsoft-update',
        'cloud-witness',
        'remote-support',
        'aks-hci',
        'arc-servers',
        'log-analytics',
        'qualys',
        'defender',
        'azure-portal',
        'resource-bridge',
      ]);
  });

  it.each<[Cloud, string[]]>([
    [
      'public',
      [
        'login.microsoftonline.com:443',
        'graph.windows.net:443',
        'graph.microsoft.com:443',
        'management.azure.com:443',
        'azurestackhci.azurefd.net:443',
        'dp.stackhci.azure.com:443',
        '*.powershellgallery.com:443',
        'www.powershellgallery.com:443',
      ],
    ],
    [
      'usgov',
      [
        'login.microsoftonline.us:443',
        'graph.windows.net:443',
        'graph.microsoft.com:443',
        'graph.microsoft.us:443',
        'management.usgovcloudapi.net:443',
        'dp.azurestackhci.azure.us:443',
        '*.powershellgallery.com:443',
        'www.powershellgallery.com:443',
      ],
    ],
    [
      'china',
      [
        'login.chinacloudapi.cn:443',
        'login.partner.microsoftonline.cn:443',
        'graph.chinacloudapi.cn:443',
        'microsoftgraph.chinacloudapi.cn:443',
        'management.chinacloudapi.cn:443',
        'dp.stackhci.azure.cn:443',
        '*.powershellgallery.com:443',
        'www.powershellgallery.com:443',
      ],
    ],
  ])('lists for %s what registration needs there and nothing of another cloud', (cloud, expected) => {
    expect(hosts(makeAllowlist(edition, choiceFor(cloud)), 'registration')).toEqual(expected);
  });

  it('needs the public sign-in for remote support in every cloud, and there without a scheme', () => {
    const rows = rowsOf(makeAllowlist(edition, choiceFor('china'))).filter(
      row => row.host === 'login.microsoftonline.com',
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ requirement: 'optional', scheme: false });
    expect(rows[0]?.feature.id).toBe('remote-support');
  });

  it.each<[Cloud, string]>([
    ['public', 'blob.core.windows.net'],
    ['usgov', 'blob.core.usgovcloudapi.net'],
    ['china', 'blob.core.chinacloudapi.cn'],
  ])(
    'lists the witness in %s by its wildcard, and by its host once the account is known',
    (cloud, suffix) => {
      const open = makeAllowlist(edition, choiceFor(cloud));
      expect(hosts(open, 'cloud-witness')).toEqual([`*.${suffix}:443`]);
      const filled = makeAllowlist(
        edition,
        choiceFor(cloud, { answers: { 'witness-account': 'contosowitness' } }),
      );
      expect(hosts(filled, 'cloud-witness')).toEqual([`contosowitness.${suffix}:443`]);
      const row = (allowlist: Allowlist) =>
        rowsOf(allowlist).find(each => each.feature.id === 'cloud-witness');
      expect(row(open)).toMatchObject({
        placeholderState: 'open',
        asWritten: { url: '*.blob.core.windows.net' },
      });
      expect(row(open)?.risk).toContain('Every customer');
      expect(row(filled)).toMatchObject({ placeholderState: 'filled', risk: undefined });
    },
  );

  it('leaves the wildcard to a feature that needs other accounts than the witness', () => {
    const filled = makeAllowlist(
      edition,
      choiceFor('public', { answers: { 'witness-account': 'contosowitness' } }),
    );
    expect(hosts(filled, 'arc-servers')).toContain('*.blob.core.windows.net:443');
    expect(hosts(filled, 'arc-servers')).not.toContain('contosowitness.blob.core.windows.net:443');
  });

  it('gives every row its own id', () => {
    const ids = rowsOf(makeAllowlist(edition, choiceFor('public'))).map(row => row.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
