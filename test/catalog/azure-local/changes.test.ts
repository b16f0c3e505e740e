import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { FOLDER, storedEditions, type StoredList } from './stored-lists.ts';

interface Told {
  readonly sources: Readonly<Record<string, { readonly date?: string }>>;
  readonly changes?: readonly { readonly hosts: readonly string[]; readonly source: string }[];
}

const editions = storedEditions();

/** Host and port of each row of a list; a wildcard where the list has a name of the reader's own. */
function doorsIn({ file }: StoredList): readonly string[] {
  const rows = readFileSync(join(FOLDER, file), 'utf8').split('\n').slice(2);
  return rows
    .filter(row => row !== '')
    .flatMap(row => {
      const [, , url = '', ports = ''] = row.split('\t');
      const [host = ''] = url.replace(/^https?:\/\//, '').split('/');
      return ports.split(', ').map(port => `${host.replace(/^<?your[a-z]+>?\./, '*.')}:${port}`);
    });
}

/** Hosts of which a list that both editions have opens a door in the one and not in the other. */
function hostsOnlyIn(one: readonly StoredList[], other: readonly StoredList[]): readonly string[] {
  return one.flatMap(list => {
    const same = other.find(each => each.region === list.region && each.vendor === list.vendor);
    if (same === undefined) return [];
    const doors = doorsIn(same);
    return doorsIn(list)
      .filter(door => !doors.includes(door))
      .map(door => door.replace(/:\d+$/, ''));
  });
}

const newest = (lists: readonly StoredList[]): string =>
  lists.map(({ published }) => published).reduce((one, other) => (other > one ? other : one));

describe('why hosts came and went', () => {
  editions.slice(1).forEach(({ edition, lists }, at) => {
    const before = editions[at]?.lists ?? [];
    const { changes = [], sources } = JSON.parse(
      readFileSync(join('src/catalog/editions', `${edition}.json`), 'utf8'),
    ) as Told;
    const told = changes.filter(({ source }) => (sources[source]?.date ?? '') > newest(before));
    const hosts = told.flatMap(change => change.hosts);

    test(`${edition} tells of no host that did not come or go`, () => {
      const moved = new Set([...hostsOnlyIn(before, lists), ...hostsOnlyIn(lists, before)]);
      assert.ok(hosts.length > 0);
      assert.deepEqual(
        hosts.filter(host => !moved.has(host)),
        [],
      );
    });

    test(`${edition} says of every host that left a list when it did`, () => {
      const left = [...new Set(hostsOnlyIn(before, lists))];
      assert.deepEqual(
        left.filter(host => !hosts.includes(host)),
        [],
      );
    });
  });

  test('no edition tells of what came later', () => {
    for (const { edition, lists } of editions) {
      const { changes = [], sources } = JSON.parse(
        readFileSync(join('src/catalog/editions', `${edition}.json`), 'utf8'),
      ) as Told;
      for (const { source } of changes) assert.ok((sources[source]?.date ?? '9') <= newest(lists), source);
    }
  });
});
