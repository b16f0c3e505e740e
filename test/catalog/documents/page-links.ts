import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Edition } from './account-for-document.ts';
import type { InternalRow } from './account-for-internal-rules.ts';
import type { DocumentFacts, Fact } from './extract-document.ts';

/** What the page of a list says: its rows inside the network too, and its links as they stand. */
export interface PageFacts extends DocumentFacts {
  readonly facts: readonly (Fact & { readonly requiredFor?: string })[];
  readonly links: readonly { readonly feature: string; readonly title: string; readonly url: string }[];
  readonly internal: readonly InternalRow[];
}

/**
 * Every link of the page's part on additional services is kept under its title, in the page's order, and nothing is
 * taken for linked that the page does not link. A feature that takes a list of its own keeps the page's link as well.
 */
export function testPageLinks(edition: Edition, links: PageFacts['links'], site: string): void {
  test('the features that the document links have its links, in its order', () => {
    const features = edition.features as readonly (Edition['features'][number] & {
      readonly title: string;
    })[];
    for (const { feature, url } of links) {
      const found = features.find(each => each.id === feature);
      assert.ok(
        found?.links?.some(link => link.url === absolute(url, site)),
        `${feature} lacks ${absolute(url, site)}`,
      );
    }
    const linked = features.filter(each => each.kind === 'linked' || each.list !== undefined);
    assert.deepEqual(
      linked.map(({ id, title }) => ({ id, title })),
      links
        .filter(({ feature }) => linked.some(each => each.id === feature))
        .map(({ feature, title }) => ({ id: feature, title })),
    );
  });
}

/** Links are written from the site's root, or from the page's folder to a file. */
function absolute(url: string, site: string): string {
  const path = url.startsWith('../') ? `/azure-stack/hci/${url.slice('../'.length).replace('.md', '')}` : url;
  return `${site}${path}`;
}
