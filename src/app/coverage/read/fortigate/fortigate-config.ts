/** One `edit … next` of a table. */
export interface Edited {
  /** The virtual domain that it is of; '' outside of all. Names are each domain's own. */
  readonly domain: string;
  /** `firewall address`, for example. */
  readonly table: string;
  readonly name: string;
  readonly line: number;
  /** By setting; `set` and `append` of one name add up as the device adds them. */
  readonly settings: Map<string, Setting>;
}

export interface Setting {
  readonly values: readonly string[];
  readonly line: number;
}

/** Every object of a FortiGate configuration, in its order. Tables within objects are objects of their own. */
export function editedObjects(source: string): readonly Edited[] {
  const objects: Edited[] = [];
  const open: (string | Edited)[] = [];
  for (const [index, raw] of source.split(/\r?\n/).entries()) {
    const [command = '', ...values] = wordsOf(raw.trim());
    const line = index + 1;
    if (command === 'config') open.push(values.join(' '));
    else if (command === 'edit') {
      if (typeof open.at(-1) === 'object') open.pop();
      const table = open.at(-1);
      const edited: Edited = {
        domain: domainOf(open),
        table: typeof table === 'string' ? table : '',
        name: values[0] ?? '',
        ...{ line, settings: new Map() },
      };
      objects.push(edited);
      open.push(edited);
    } else if (command === 'next') {
      if (typeof open.at(-1) === 'object') open.pop();
    } else if (command === 'end') {
      while (typeof open.at(-1) === 'object') open.pop();
      open.pop();
    } else if (command === 'set' || command === 'append') setValue(open.at(-1), command, values, line);
  }
  return objects;
}

function domainOf(open: readonly (string | Edited)[]): string {
  return open.find((each): each is Edited => typeof each === 'object' && each.table === 'vdom')?.name ?? '';
}

function setValue(
  edited: string | Edited | undefined,
  command: string,
  [key = '', ...values]: readonly string[],
  line: number,
): void {
  if (typeof edited !== 'object') return;
  const before = command === 'append' ? (edited.settings.get(key)?.values ?? []) : [];
  edited.settings.set(key, { values: [...before, ...values], line });
}

/** Words of a line; quotes keep blanks, and a backslash keeps the sign behind it. */
function wordsOf(text: string): readonly string[] {
  return [...text.matchAll(/"((?:\\.|[^"\\])*)"|(\S+)/g)].map(([, quoted, bare]) =>
    quoted === undefined ? (bare ?? '') : quoted.replace(/\\(.)/g, '$1'),
  );
}
