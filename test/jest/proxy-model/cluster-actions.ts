import * as fc from 'fast-check';
import { NO_EXTRAS } from '../../../src/app/proxy/change/order';
import { historyOf, type NodeSetting } from '../../../src/app/proxy/change/history';
import type { ClusterPage } from './cluster-page';
import type { ClusterWorld, Due, Happening } from './cluster-world';
import { CALL_FATES, type CallFate, CHANGE_FATES, type ChangeFate } from './model-node';

/** What becomes of the calls to one node while something is done. */
interface Fates {
  readonly change: readonly ChangeFate[];
  readonly call: readonly CallFate[];
}

/** What an administrator asks for, up to the preview. */
type Ask =
  | { readonly what: 'set' | 'bypass'; readonly server: string }
  | { readonly what: 'remove' | 'retry' | 'put-back' }
  | { readonly what: 'go-back'; readonly pick: number };

interface Doing {
  readonly ask: Ask;
  /** Whether the nodes are ticked that the tool would leave out. */
  readonly all: boolean;
  readonly limit: number;
  /** A node that is not ticked; past the last one: none. */
  readonly without: number;
  /** Between the preview and its confirmation. */
  readonly between: readonly Happening[];
}

type Command = fc.AsyncCommand<object, ClusterWorld>;

abstract class Action implements Command {
  abstract act(world: ClusterWorld): Promise<unknown>;
  abstract toString(): string;
  check(): boolean {
    return true;
  }
  async run(_model: object, world: ClusterWorld): Promise<void> {
    await world.drive(this.act(world));
    world.calm();
    world.check();
  }
}

/** One administrator makes a change, or both at the same time. */
class Change extends Action {
  constructor(
    readonly doings: readonly (Doing | undefined)[],
    readonly fates: readonly Fates[],
    readonly overviews: readonly ('works' | 'fails')[],
    readonly due: readonly Due[],
  ) {
    super();
  }
  toString = () =>
    `change(${JSON.stringify({ doings: this.doings, fates: this.fates, overviews: this.overviews, due: this.due })})`;

  async act(world: ClusterWorld): Promise<void> {
    world.begin(this.due);
    world.overviews = [...this.overviews];
    meet(world, this.fates);
    await Promise.all(
      this.doings.map(async (doing, index) => {
        if (doing === undefined) return;
        const page = world.page(index);
        await Promise.race([make(world, page, doing), page.closed]);
      }),
    );
  }
}

function meet(world: ClusterWorld, fates: readonly Fates[]): void {
  [...world.nodes.values()].forEach((node, index) => {
    node.changeFates = [...(fates[index]?.change ?? [])];
    node.callFates = [...(fates[index]?.call ?? [])];
  });
}

async function make(world: ClusterWorld, page: ClusterPage, doing: Doing): Promise<void> {
  const { changes } = page;
  changes.limit.set(doing.limit);
  await ask(page, doing.ask);
  for (const happening of doing.between) world.happen(happening);
  const rows = changes.preview()?.rows ?? [];
  rows.forEach(({ node }, index) => {
    if (doing.all) changes.choose(node, true);
    if (index === doing.without) changes.choose(node, false);
  });
  page.touched = [];
  page.waitingAtStop = new Set();
  await changes.confirm();
}

async function ask({ changes, proxies }: ClusterPage, wanted: Ask): Promise<void> {
  switch (wanted.what) {
    case 'set':
      return changes.prepare({ kind: 'set', server: wanted.server, bypass: ['x'], extras: NO_EXTRAS });
    case 'bypass':
      return changes.prepareBypass([wanted.server.replace(':', '.')], NO_EXTRAS);
    case 'remove':
      return changes.prepare({ kind: 'remove', extras: NO_EXTRAS });
    case 'retry':
      return changes.prepareRetry();
    case 'put-back':
      return changes.preparePutBack();
    case 'go-back': {
      const settings = proxies
        .rows()
        .flatMap(({ node, reading }): NodeSetting[] =>
          reading.at === 'read' ? [{ node, setting: reading.setting }] : [],
        );
      const entries = historyOf(settings);
      const entry = entries[wanted.pick % Math.max(1, entries.length)];
      if (entry !== undefined) await changes.prepareGoingBack(entry.change);
    }
  }
}

class Happens extends Action {
  constructor(
    readonly happening: Happening,
    readonly fates: readonly Fates[],
  ) {
    super();
  }
  toString = () => JSON.stringify([this.happening, this.fates]);
  act(world: ClusterWorld): Promise<void> {
    meet(world, this.fates);
    world.happen(this.happening);
    return Promise.resolve();
  }
}

const NODES = 4;
const server = fc.constantFrom('new:1', 'http://new:1', 'other:2', 'dead:9');
const node = fc.nat(NODES - 1);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.constantFrom<Happening>({ what: 'stop' }, { what: 'reload' }, { what: 'gateway-restarts' }),
  fc.record({ what: fc.constantFrom('dies' as const, 'comes-up' as const, 'goes-on' as const), node }),
  fc.record({ what: fc.constant('by-hand' as const), node, server }),
  fc.record({
    what: fc.constantFrom('refresh' as const, 'settings' as const, 'wait' as const),
    page: fc.nat(1),
  }),
);
const fates = fc.array(
  fc.record({
    change: fc.array(
      fc.oneof({ weight: 2, arbitrary: fc.constant('works' as const) }, fc.constantFrom(...CHANGE_FATES)),
      {
        maxLength: 2,
      },
    ),
    call: fc.array(
      fc.oneof({ weight: 4, arbitrary: fc.constant('works' as const) }, fc.constantFrom(...CALL_FATES)),
      {
        maxLength: 5,
      },
    ),
  }),
  { maxLength: NODES },
);
const ask_: fc.Arbitrary<Ask> = fc.oneof(
  fc.record({ what: fc.constant('set' as const), server }),
  fc.record({ what: fc.constantFrom('set' as const, 'bypass' as const), server }),
  fc.constantFrom<Ask>({ what: 'remove' }, { what: 'retry' }, { what: 'put-back' }),
  fc.record({ what: fc.constant('go-back' as const), pick: fc.nat(5) }),
);
const doing: fc.Arbitrary<Doing> = fc.record({
  ask: ask_,
  all: fc.boolean(),
  limit: fc.integer({ min: 1, max: 4 }),
  without: fc.nat(2 * NODES),
  between: fc.array(happening, { maxLength: 1 }),
});
const due = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 60 }), happening).map(([at, what]): Due => ({ ...what, at })),
  { maxLength: 3 },
);
const overviews = fc.array(fc.constantFrom('works' as const, 'works' as const, 'fails' as const), {
  maxLength: 2,
});

export function clusterActions(): fc.Arbitrary<Iterable<Command>> {
  const alone = fc.tuple(doing).map(([first]): (Doing | undefined)[] => [first]);
  const second = fc.tuple(doing).map(([first]): (Doing | undefined)[] => [undefined, first]);
  const both = fc.tuple(doing, doing).map((doings): (Doing | undefined)[] => doings);
  return fc.commands(
    [
      fc.tuple(alone, fates, overviews, due).map(args => new Change(...args)),
      fc.tuple(fc.oneof(second, both), fates, overviews, due).map(args => new Change(...args)),
      fc.tuple(happening, fates).map(args => new Happens(...args)),
    ],
    { maxCommands: 10 },
  );
}
