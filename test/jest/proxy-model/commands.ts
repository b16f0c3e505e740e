import * as fc from 'fast-check';
import {
  canRetry,
  carryOver,
  planChange,
  planRetry,
  type ProxyChange,
} from '../../../src/app/proxy/change/change-plan';
import { changeNode, type ChangeTools, settleNode } from '../../../src/app/proxy/change/change-node';
import { readProxy } from '../../../src/app/proxy/change/node-calls';
import {
  isEnd,
  isOpen,
  isUnsettled,
  type NodeChange,
  seenLater,
} from '../../../src/app/proxy/change/node-change';
import { differencesTo, NO_EXTRAS, type Wish } from '../../../src/app/proxy/change/order';
import { makeChangeId } from '../../../src/app/proxy/setting/change-record';
import type { ProxySetting } from '../../../src/app/proxy/setting/proxy-setting';
import {
  CALL_FATES,
  type CallFate,
  CHANGE_FATES,
  type ChangeFate,
  machineWide,
  type ModelNode,
} from './model-node';

const NODE = { name: 'node1', fqdn: 'node1.contoso.local', state: 'up' } as const;

/** What fast-check believes: who changed the node since the page looked at it, and what it had before the first change. */
export interface Model {
  foreign: boolean;
}

/** The page with its node: what the administrator sees is `change` and `reading`. */
export class World {
  change: ProxyChange | undefined;
  reading: ProxySetting | undefined;
  /** The page says of it when it was read, and that it may not be so any more. */
  isStale = false;
  changes = 0;
  private count = 0;

  constructor(readonly node: ModelNode) {}

  tools(): ChangeTools {
    return {
      shell: this.node,
      change: this.change?.id ?? 'c',
      newId: () => makeChangeId(new Date(2026, 0, 1), this.count++, () => 0.5),
    };
  }

  row(): NodeChange | undefined {
    return this.change?.nodes[0];
  }

  take(row: NodeChange): void {
    if (this.change !== undefined) this.change = { ...this.change, nodes: [row] };
    if ('after' in row.phase && row.phase.after !== undefined) this.read(row.phase.after);
    else if (row.phase.at === 'unknown' || row.phase.at === 'failed') this.isStale = true;
  }

  read(setting: ProxySetting): void {
    this.reading = setting;
    this.isStale = false;
  }

  /** Nothing that the page says of the node may be not so, unless somebody else was there since. */
  check(model: Model): void {
    const row = this.row();
    if (row !== undefined) {
      if (!isEnd(row.phase)) throw new Error(`no end: ${row.phase.at}`);
      this.checkRow(row, model);
    }
    const shown = this.reading?.node?.values;
    if (
      shown === undefined ||
      this.namesLate(this.reading) ||
      this.isStale ||
      model.foreign ||
      (row !== undefined && isUnsettled(row))
    )
      return;
    if (JSON.stringify(shown) !== JSON.stringify(this.node.values)) throw new Error('the table is not so');
  }

  /** The page names what is still at work, also after a reload, and says to look again. */
  private namesLate(reading: ProxySetting | undefined): boolean {
    return reading?.node?.records.some(({ begun, ended }) => begun && !ended) === true;
  }

  private checkRow(row: NodeChange, model: Model): void {
    const { phase } = row;
    const mayStillAct = row.attempts.some(
      ({ id, open }) => !open && this.node.kept.get(id)?.running === true,
    );
    if (mayStillAct) throw new Error('a command that never told its end is taken for ended');
    if (phase.at === 'failed' && phase.after === undefined && row.attempts.length > 0)
      throw new Error('"nothing changed" although a command began');
    if (model.foreign || isOpen(row)) return;
    const now = JSON.stringify(this.node.values);
    if (phase.at === 'verified' || phase.at === 'unchanged') {
      if (differencesTo(phase.after, row.wish).length > 0) throw new Error(`${phase.at} is not as wanted`);
      const wasCutOff = row.attempts.some(({ id, earlier }) => {
        const kept = this.node.kept.get(id);
        return earlier !== true && kept?.ended === false && !kept.running;
      });
      const had = row.before?.node?.values['user.default'];
      if (wasCutOff && row.wish.kind !== 'put-back' && had !== this.node.values['user.default'])
        throw new Error(`${phase.at}, and the account's own values are lost`);
    }
    if ('after' in phase && phase.after !== undefined && JSON.stringify(phase.after.node?.values) !== now)
      throw new Error(`${phase.at}: what it says to have read is not so`);
    if (phase.at === 'rolled-back' && JSON.stringify(row.before?.node?.values) !== now)
      throw new Error('rolled back, yet not as before');
  }
}

type Command = fc.AsyncCommand<Model, World>;

abstract class Action implements Command {
  abstract act(model: Model, world: World): Promise<void>;
  abstract toString(): string;
  check(): boolean {
    return true;
  }
  async run(model: Model, world: World): Promise<void> {
    await this.act(model, world);
    world.check(model);
  }
}

class Change extends Action {
  constructor(
    readonly server: string | undefined,
    readonly changeFates: readonly ChangeFate[],
    readonly callFates: readonly CallFate[],
  ) {
    super();
  }
  toString = () => `change(${this.server ?? 'none'}; ${this.changeFates.join()}; ${this.callFates.join()})`;
  async act(model: Model, world: World): Promise<void> {
    const wish: Wish =
      this.server === undefined
        ? { kind: 'remove', extras: NO_EXTRAS }
        : { kind: 'set', server: this.server, bypass: [], extras: NO_EXTRAS };
    const setting = world.reading;
    await start(model, world, wish, setting, this.changeFates, this.callFates);
  }
}

class GoBack extends Action {
  constructor(
    readonly pick: number,
    readonly changeFates: readonly ChangeFate[],
    readonly callFates: readonly CallFate[],
  ) {
    super();
  }
  toString = () => `goBack(${this.pick}; ${this.changeFates.join()}; ${this.callFates.join()})`;
  async act(model: Model, world: World): Promise<void> {
    const records = world.reading?.node?.records ?? [];
    const record = records[this.pick % Math.max(records.length, 1)];
    if (record === undefined) return;
    await start(model, world, { kind: 'put-back', record }, world.reading, this.changeFates, this.callFates);
  }
}

async function start(
  model: Model,
  world: World,
  wish: Wish,
  setting: ProxySetting | undefined,
  changeFates: readonly ChangeFate[],
  callFates: readonly CallFate[],
): Promise<void> {
  world.change = carryOver(
    planChange(`c${world.changes++}`, wish.kind, [
      { node: NODE, chosen: true, wish, ...(setting && { setting }) },
    ]),
    world.change,
  );
  await drive(model, world, changeFates, callFates);
}

async function drive(
  model: Model,
  world: World,
  changeFates: readonly ChangeFate[],
  callFates: readonly CallFate[],
): Promise<void> {
  const row = world.row();
  if (row === undefined || row.phase.at !== 'waiting') return;
  world.node.changeFates = [...changeFates];
  world.node.callFates = [...callFates];
  world.take(await changeNode(world.tools(), row, () => undefined));
  world.node.changeFates = [];
  world.node.callFates = [];
  // What the change read last is what the page shows.
  const phase = world.row()?.phase;
  if (phase !== undefined && 'after' in phase && phase.after !== undefined) model.foreign = false;
}

class Retry extends Action {
  constructor(
    readonly changeFates: readonly ChangeFate[],
    readonly callFates: readonly CallFate[],
  ) {
    super();
  }
  toString = () => `retry(${this.changeFates.join()}; ${this.callFates.join()})`;
  async act(model: Model, world: World): Promise<void> {
    if (world.change === undefined || !world.change.nodes.some(canRetry)) return;
    const setting = world.reading;
    world.change = planRetry(world.change, [
      ...world.change.nodes.map(({ node, wish }) => ({
        node,
        wish,
        chosen: true,
        ...(setting && { setting }),
      })),
    ]);
    await drive(model, world, this.changeFates, this.callFates);
  }
}

class Look extends Action {
  constructor(readonly fates: readonly CallFate[]) {
    super();
  }
  toString = () => `look(${this.fates.join()})`;
  async act(model: Model, world: World): Promise<void> {
    world.node.callFates = [...this.fates];
    const row = world.row();
    if (row !== undefined && isUnsettled(row)) {
      const { change, reading } = await settleNode(world.tools(), row);
      world.take(change);
      if (!('failure' in reading)) {
        world.read(reading.value);
        model.foreign = false;
      }
    } else {
      const reading = await readProxy(world.node, NODE.fqdn);
      if (!('failure' in reading)) {
        world.read(reading.value);
        // Of work that has not begun no page can know, once the one that sent it is gone.
        model.foreign = row === undefined && world.node.pending.length > 0;
        if (row !== undefined) world.take(seenLater(row, reading.value));
      }
    }
    world.node.callFates = [];
  }
}

class GoOn extends Action {
  toString = () => 'goOn';
  async act(_model: Model, world: World): Promise<void> {
    world.node.goOn();
    await Promise.resolve();
  }
}

class Reload extends Action {
  toString = () => 'reload';
  async act(model: Model, world: World): Promise<void> {
    world.change = undefined;
    world.reading = undefined;
    model.foreign = false;
    await new Look([]).act(model, world);
  }
}

class SecondAdministrator extends Action {
  constructor(readonly server: string) {
    super();
  }
  toString = () => `second(${this.server})`;
  async act(model: Model, world: World): Promise<void> {
    world.node.values = { ...world.node.values, ...machineWide(this.server) };
    model.foreign = true;
    await Promise.resolve();
  }
}

export function actions(): fc.Arbitrary<Iterable<Command>> {
  const changeFates = fc.array(fc.constantFrom(...CHANGE_FATES), { maxLength: 2 });
  const callFates = fc.array(fc.constantFrom(...CALL_FATES), { maxLength: 5 });
  const servers = fc.constantFrom('new:1', 'http://new:1', 'other:2');
  return fc.commands(
    [
      fc
        .tuple(fc.option(servers, { nil: undefined }), changeFates, callFates)
        .map(args => new Change(...args)),
      fc.tuple(fc.nat(5), changeFates, callFates).map(args => new GoBack(...args)),
      fc.tuple(changeFates, callFates).map(args => new Retry(...args)),
      callFates.map(fates => new Look(fates)),
      fc.constant(new GoOn()),
      fc.constant(new Reload()),
      servers.map(server => new SecondAdministrator(server)),
    ],
    { maxCommands: 14 },
  );
}
