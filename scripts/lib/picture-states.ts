import type { Locator, Page } from 'playwright-core';
import type { Tool } from '../../test/e2e/support/tool.ts';

/** A state of the tool that is seldom seen, made as it comes about: by what the browser or the gateway does. */
export interface PictureState {
  readonly name: string;
  /** Id of the tab that shows it. */
  readonly tab: 'overview' | 'allowlist' | 'reachability' | 'proxy';
  /** Before anything is loaded. */
  readonly prepare?: (page: Page) => Promise<unknown>;
  /** Once the tab is shown; resolves with what the picture is of. */
  readonly reach: (tool: Tool) => Promise<Locator>;
}

/** Calls that run something on a node; those to the cluster's own name go through. */
const ON_NODES = /^(?!.*\/nodes\/hci-cluster).*\/(features\/powershellApi|WinREST\/PowerShell\/nodes)\//i;
const LISTS = /\/assets\/catalog\//;

export const PICTURE_STATES: readonly PictureState[] = [
  {
    name: 'list-failed',
    tab: 'allowlist',
    prepare: page => page.route(LISTS, route => route.abort()),
    reach: ({ frame }) => shown(frame.getByText('The list could not be loaded.')),
  },
  {
    name: 'list-failed-overview',
    tab: 'overview',
    prepare: page => page.route(LISTS, route => route.abort()),
    reach: ({ frame }) => shown(frame.getByText('The list of endpoints could not be loaded')),
  },
  {
    name: 'code-failed',
    tab: 'overview',
    // The tool itself is there by now; only what this tab needs is not.
    reach: async ({ page, frame }) => {
      await page.route(/\/chunk-[^/]*\.js/, route => route.abort());
      await frame.locator('#oc-tab-reachability').click();
      return shown(frame.getByText('This page could not be loaded'));
    },
  },
  {
    name: 'nodes-refuse',
    tab: 'proxy',
    prepare: page =>
      page.route(ON_NODES, route =>
        route.fulfill({
          status: 403,
          contentType: 'application/json',
          body: JSON.stringify({ error: { code: 'Forbidden', message: 'Access is denied.' } }),
        }),
      ),
    reach: ({ frame }) => shown(frame.getByText('The account in use may not read or change the proxy')),
  },
  {
    name: 'storage-full',
    tab: 'reachability',
    prepare: page =>
      page.addInitScript(() => {
        const hasRoomFor = 1000;
        const setItem = Reflect.get<Storage, 'setItem'>(Storage.prototype, 'setItem');
        Storage.prototype.setItem = function (key, value) {
          if (value.length > hasRoomFor)
            throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
          setItem.call(this, key, value);
        };
      }),
    reach: checkTo('This browser could not keep this run'),
  },
  {
    name: 'kept-run-damaged',
    tab: 'reachability',
    reach: async tool => {
      await checkTo('Export results')(tool);
      await tool.document().evaluate(() => {
        for (const key of Object.keys(localStorage)) {
          const text = localStorage.getItem(key) ?? '';
          if (text.length > 1000) localStorage.setItem(key, text.slice(0, text.length / 2));
        }
      });
      await tool.page.reload();
      await tool.openTab('Reachability');
      return shown(tool.frame.getByText('cannot be read any more'));
    },
  },
  {
    name: 'run-file-newer',
    tab: 'reachability',
    reach: async ({ frame }) => {
      await frame.getByText(/^Earlier runs/).click();
      const text = '{"format":"outbound-connectivity/run","version":99}';
      await frame.locator('#oc-run-import').setInputFiles({
        name: 'run.json',
        mimeType: 'application/json',
        buffer: Buffer.from(text),
      });
      return shown(frame.getByText('was written by a newer version'));
    },
  },
  {
    name: 'own-rules-refused',
    tab: 'allowlist',
    reach: async ({ frame }) => {
      const text =
        'URL,Port,Purpose\nhttps://*.x.*,443,proxy\u202E08:moc.live\nok.example.com,443,a\u202Eb\n,,\n"broken,1,x\n';
      await frame.locator('oc-own-rules input[type=file]').setInputFiles({
        name: 'rules.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(text),
      });
      return shown(frame.getByText('Rows that were not taken'));
    },
  },
];

async function shown(locator: Locator): Promise<Locator> {
  await locator.first().waitFor();
  return locator.first();
}

/** Checks, and waits for a text that is there afterwards. */
function checkTo(text: string): (tool: Tool) => Promise<Locator> {
  return async ({ frame }) => {
    await frame.locator('.oc-command-primary').click();
    await frame.locator('progress').waitFor({ state: 'detached' });
    return shown(frame.getByText(text));
  };
}
