import * as fc from 'fast-check';
import type { Node } from '../../../cluster/cluster';
import { readUse } from '../../../reachability/run/checks/proxy-use';
import { historyJson, historyOf } from '../../change/history';
import { differencesTo, noteFor, orderFor, type Wish } from '../../change/order';
import { shownCommands } from '../../change/preview/shown-commands';
import { writeConnection } from '../../setting/layers/blobs';
import { ABSENT, rawLines, type RawValues, VALUE_IDS } from '../../setting/layers/raw-values';
import { parseProxySetting, type ProxySetting } from '../../setting/proxy-setting';
import { layerCells } from './layer-cells';
import { settingTexts } from './setting-text';

const t = (key: string, ...values: readonly (string | number)[]): string => [key, ...values].join(' ');
const NODE = { name: 'n1', fqdn: 'n1.contoso.com', state: 'up' } as unknown as Node;
const NONE = Object.fromEntries(VALUE_IDS.map(id => [id, ABSENT])) as RawValues;
const CHANGE = '20261126T120000Z-abcdefgh';

/** WinHttpSettings, as `netsh` writes it. */
function winHttp(server: string): string {
  const hex = (number: number): string => number.toString(16).padStart(2, '0') + '000000';
  const bytes = Array.from(server, sign => (sign.charCodeAt(0) & 0xff).toString(16).padStart(2, '0')).join(
    '',
  );
  return `Binary|280000000000000003000000${hex(server.length)}${bytes}${hex(0)}`;
}

/** What a node tells whose every setting holds a password. */
function told(proxy: string): { readonly output: object; readonly values: RawValues } {
  const options = { flags: 7, server: proxy, bypass: '', pacUrl: `${proxy}/proxy.pac` };
  const blob = writeConnection(options, ABSENT);
  const values: RawValues = {
    ...NONE,
    policy: 'DWord|0',
    'machine.default': blob,
    'machine.legacy': `Other|REG_NONE ${(blob.slice(7).match(/../g) ?? []).join(' ')}`,
    'machine.migrate': `MultiString|a\n${proxy}`,
    winhttp: winHttp(proxy),
    winhttp32: `Binary|ff${winHttp(proxy).slice(9)}`,
    'env.HTTP_PROXY': `String|${proxy}`,
    'env.HTTPS_PROXY': `ExpandString|${proxy}`,
    'env.NO_PROXY': `Other|REG_SZ ${proxy}`,
    'user.default': blob,
  };
  const arcAgent = { proxyUrl: proxy, proxyBypass: '', connectionType: 'proxy' };
  const note = {
    kind: 'set',
    change: 'c',
    from: proxy,
    to: `WPAD, WinHTTP ${proxy}`,
    server: proxy,
    agent: arcAgent,
  };
  const snapshot = JSON.stringify({
    format: 2,
    who: 'a\\b',
    values: rawLines(values),
    note: JSON.stringify(note),
  });
  const output = {
    ...{ computerName: 'n1', machineWide: true, perUserPolicy: 0, readable: true, autoDetect: false },
    ...{ server: proxy, bypass: [], pacUrl: options.pacUrl, leftoverServer: proxy, arcAgent },
    ...{
      values: rawLines(values),
      serviceProxies: [`LocalSystem=${proxy}`],
      valuesUnread: `cannot read ${proxy}`,
    },
    changes: [{ id: CHANGE, begun: true, ended: true, snapshot, outcome: '' }],
  };
  return { output, values };
}

function read(output: object): ProxySetting {
  const setting = parseProxySetting(output);
  if (setting === undefined) throw new Error('no setting');
  return setting;
}

const proxies = fc
  .tuple(fc.constantFrom('http://user:', 'http://:', 'user:'), fc.string({ maxLength: 5 }))
  .map(([before, signs]) => `${before}S3cret${signs.replace(/[^!-~]/g, '')}S3cret@proxy.contoso.com:8080`);

describe('a password in a proxy of a node', () => {
  it('is in nothing that is shown, noted, exported, copied or checked by', () => {
    fc.assert(
      fc.property(proxies, proxy => {
        const { output } = told(proxy);
        const setting = read(output);
        const row = {
          node: NODE,
          reading: { at: 'read', setting, when: new Date(0) },
          differs: new Map(),
        } as never;
        const [entry] = historyOf([{ node: NODE, setting }]);
        const wishes: readonly Wish[] = [
          {
            kind: 'put-back',
            record: {
              id: CHANGE,
              when: '',
              who: 'a\\b',
              begun: true,
              ended: true,
              cutOff: false,
              values: read(told(`${proxy}0`).output).node?.values ?? NONE,
            },
          },
          { kind: 'remove', extras: { winHttp: true, environment: true, restartAgent: false } },
        ];
        const all = JSON.stringify([
          // What goes back to the node, and records, which their file tells.
          { ...setting, node: { ...setting.node, values: {}, records: [] } },
          settingTexts(t, setting),
          layerCells(t, row),
          entry && historyJson(entry),
          wishes.map(wish => noteFor(wish, wish.kind, 'c', setting)),
          wishes.map(wish => shownCommands(orderFor(wish, setting), CHANGE)),
          readUse(output),
        ]);
        expect(all).not.toContain('S3cret');
        expect(all).not.toContain('533363726574');
        expect(all).not.toContain('0x53,0x33,0x63');
        expect(all).toContain('***@proxy.contoso.com:8080');
        expect(all).toContain('proxy.layer.credentials');
      }),
    );
  });

  it('goes back to its node as it was, and another one is told as a difference', () => {
    const { output, values } = told('http://user:one@proxy:1');
    const setting = read(output);
    const [record] = setting.node?.records ?? [];
    expect(record?.values).toEqual(values);
    const now = read(told('http://user:two@proxy:1').output);
    const wish: Wish = { kind: 'put-back', record: record ?? ({} as never) };
    expect(differencesTo(now, wish)).toEqual(['not-as-before']);
    expect(orderFor(wish, now).parameters['Values']).toContain(`env.HTTP_PROXY=${values['env.HTTP_PROXY']}`);
  });
});
