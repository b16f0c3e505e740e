import { isEnd, isOpen, isUnsettled, type NodeChange } from '../../../src/app/proxy/change/node-change';
import { differencesTo } from '../../../src/app/proxy/change/order';
import { isReachableState } from '../../../src/app/cluster/cluster';
import { rawLines, type RawValues } from '../../../src/app/proxy/setting/layers/raw-values';
import type { ProxySetting } from '../../../src/app/proxy/setting/proxy-setting';
import type { ClusterPage } from './cluster-page';
import type { ClusterWorld } from './cluster-world';
import type { ModelNode } from './model-node';

/** Ends that say: nothing of this change ever came to this node. */
const UNTOUCHED = ['skipped', 'stopped', 'moved', 'protected', 'module-missing', 'unchanged'];

/** Nothing that a page says of a node may be not so, unless somebody else was there since the page looked. */
export function checkPage(world: ClusterWorld, page: ClusterPage): void {
  if (page.changes.changing() || page.proxies.busy()) throw new Error(`${page.name} is busy for ever`);
  if (page.held !== 0) throw new Error(`${page.name} asks before leaving, and nothing is under way`);
  const rows = new Map(page.changes.change()?.nodes.map(row => [row.node.fqdn, row]));
  for (const [name, node] of world.nodes) {
    const isForeign = (world.writers.get(name) ?? [])
      .slice(page.seen.get(name)?.seen ?? 0)
      .some(writer => writer !== page);
    const row = rows.get(name);
    const say = (text: string): never => {
      throw new Error(`${page.name} ${name}: ${text}`);
    };
    if (row !== undefined) checkRow(page.changes.change()?.id ?? '', row, node, isForeign, say);
    const isListed = row !== undefined && isOpen(row);
    checkTable(page, name, node, isForeign, row !== undefined && isUnsettled(row), say);
    const works = [...node.kept].some(([id, { running }]) => running && world.isBy(id, page));
    if (works && !isListed && !namesWork(settingOf(page, name))) say('a command at work is not listed');
  }
}

type Say = (text: string) => never;

function checkRow(change: string, row: NodeChange, node: ModelNode, isForeign: boolean, say: Say): void {
  const { phase } = row;
  if (!isEnd(phase)) say(`no end: ${phase.at}`);
  if (row.attempts.some(({ id, open }) => !open && node.kept.get(id)?.running === true))
    say('a command that may still write is taken for ended');
  const isTouched = [...node.kept.values()].some(({ note }) => changeOf(note) === change);
  const saysUntouched = UNTOUCHED.includes(phase.at) || (phase.at === 'failed' && phase.after === undefined);
  if (saysUntouched && isTouched) say(`${phase.at}, although a command of this change began`);
  if (isForeign || isOpen(row)) return;
  const isWanted = phase.at === 'verified' || phase.at === 'unchanged';
  if (isWanted && differencesTo(phase.after, row.wish).length > 0) say(`${phase.at}, and not as wanted`);
  // Where no command was cut off, the account's own values are the account's.
  const wasCutOff = [...node.kept.values()].some(
    ({ note, ended, running }) => changeOf(note) === change && !ended && !running,
  );
  const had = row.before?.node?.values['user.default'];
  if (isWanted && wasCutOff && row.wish.kind !== 'put-back' && had !== node.values['user.default'])
    say(`${phase.at}, and the account's own values are lost`);
  if ('after' in phase && phase.after !== undefined && !isSame(phase.after.node?.values, node.values))
    say(`${phase.at}: what it says to have read is not so`);
  if (phase.at === 'rolled-back' && !isSame(row.before?.node?.values, node.values))
    say('rolled back, and not as before');
}

function checkTable(
  page: ClusterPage,
  name: string,
  node: ModelNode,
  isForeign: boolean,
  isUnknown: boolean,
  say: Say,
): void {
  const shown = page.proxies.rows().find(each => each.node.fqdn === name);
  if (shown === undefined) {
    // Without a list of nodes there is no table, and the page says so.
    if (page.cluster.status() === 'ready') say('not in the table');
    return;
  }
  const { reading } = shown;
  if (reading.at === 'loading') say('is read for ever');
  if (reading.at === 'skipped' && isReachableState(shown.node.state)) say('is up, and not read');
  if (reading.at !== 'read' || isForeign || isUnknown || namesWork(reading.setting)) return;
  if (!isSame(reading.setting.node?.values, node.values)) say('the table is not so');
}

function settingOf(page: ClusterPage, name: string): ProxySetting | undefined {
  const reading = page.proxies.rows().find(each => each.node.fqdn === name)?.reading;
  return reading?.at === 'read' ? reading.setting : undefined;
}

/** The page names what is still at work, and says to look again. */
function namesWork(setting: ProxySetting | undefined): boolean {
  return setting?.node?.records.some(({ begun, ended }) => begun && !ended) === true;
}

function isSame(a: RawValues | undefined, b: RawValues): boolean {
  return a !== undefined && rawLines(a).join('\n') === rawLines(b).join('\n');
}

function changeOf(note: string): unknown {
  return (JSON.parse(note) as { change?: unknown }).change;
}
