import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readCatalog } from '../../../src/catalog/tools/read-catalog.ts';

/** The page's part on additional services (azure-stack-docs, azure-local/concepts/firewall-requirements.md), in its order. */
const SERVICES: readonly (readonly [feature: string, link: RegExp])[] = [
  ['azure-monitor-agent', /azure-monitor-agent-data-collection-endpoint/],
  ['azure-portal', /azure-portal-safelist-urls/],
  ['site-recovery', /hyper-v-azure-architecture/],
  ['virtual-desktop', /protect-azure-virtual-desktop/],
  ['defender-standard', /production-deployment/],
  ['log-analytics', /log-analytics-agent/],
  ['qualys', /deploy-vulnerability-assessment-vm/],
  ['remote-support', /get-remote-support/],
  ['windows-admin-center-gateway', /windows-admin-center\/deploy\/network-requirements/],
  ['windows-admin-center-in-portal', /manage-hci-clusters/],
];
/** Of these no source here has a list. */
const ONLY_LINKED = ['site-recovery', 'windows-admin-center-in-portal'];

const editions = readCatalog().filter(({ id }) => id.startsWith('azure-local-'));

describe('every Azure Local edition', () => {
  for (const edition of editions) {
    const feature = (id: string) => edition.features.find(each => each.id === id);
    const hostsOf = (id: string): readonly string[] =>
      (feature(id)?.uses ?? []).map(use => edition.rules.find(rule => rule.id === use.rule)?.host ?? '');

    test(`${edition.id} has the services that the firewall page links, in its order, each with its link`, () => {
      const ids = edition.features.map(({ id }) => id);
      const places = SERVICES.map(([id]) => ids.indexOf(id));
      assert.ok(!places.includes(-1), String(places));
      assert.deepEqual(
        places,
        places.toSorted((a, b) => a - b),
      );
      for (const [id, link] of SERVICES)
        assert.ok(
          feature(id)?.links?.some(each => link.test((each as { url: string }).url)),
          id,
        );
    });

    test(`${edition.id} lists their endpoints when they are chosen, where there is a list`, () => {
      for (const [id] of SERVICES) {
        assert.equal(feature(id)?.['optIn'] === true, !ONLY_LINKED.includes(id), id);
        assert.equal(hostsOf(id).length > 0, !ONLY_LINKED.includes(id), id);
      }
    });

    test(`${edition.id} marks what virtual machines, the appliance and the gateway need as not the nodes'`, () => {
      assert.equal(feature('virtual-desktop')?.['connects'], 'guest');
      assert.ok(hostsOf('virtual-desktop').includes('*.wvd.microsoft.com'));
      assert.equal(feature('disconnected-limited')?.['connects'], 'appliance');
      assert.equal(hostsOf('disconnected-limited').length, 8);
      assert.equal(feature('windows-admin-center-gateway')?.['connects'], 'gateway');
    });

    test(`${edition.id} has the agent's newer endpoints`, () => {
      for (const host of ['dls.microsoft.com', '*.login.microsoft.com'])
        assert.ok(hostsOf('arc-for-servers').includes(host), host);
    });

    test(`${edition.id} has the appliance's own names under its domain, signed by the organization`, () => {
      const rules = edition.rules.filter(rule => rule['authority'] === 'organization');
      assert.equal(rules.length, 25);
      for (const rule of rules) {
        const { name, host } = rule['placeholder'] as { name: string; host: string };
        assert.equal(name, 'appliance-domain');
        assert.equal(host, rule.host.replace('autonomous.cloud.private', '[autonomous.cloud.private]'));
      }
    });
  }
});
