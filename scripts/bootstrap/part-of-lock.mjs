/**
 * The part of a package-lock.json (version 3) that some packages need, as the texts of a package.json and of a lock file
 * that `npm ci` takes: the same versions, held by the same checksums.
 */
export function partOfLock(names, { packages }) {
  const part = {};
  const take = path => {
    if (path === undefined || path in part) return;
    const entry = packages[path];
    part[path] = { ...entry, dev: undefined };
    for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }))
      take(placeOf(name, path, packages));
  };
  const roots = names.map(name => [name, `node_modules/${name}`]);
  for (const [name, path] of roots) {
    if (!(path in packages)) throw new Error(`${name} is not in package-lock.json.`);
    take(path);
  }
  const dependencies = Object.fromEntries(roots.map(([name, path]) => [name, packages[path].version]));
  const head = { name: 'part', version: '0.0.0', private: true };
  const lock = { ...head, lockfileVersion: 3, packages: { '': { ...head, dependencies }, ...part } };
  return { manifest: text({ ...head, dependencies }), lock: text(lock) };
}

/** Where a package finds another: beside it or in a folder above, as Node looks for it. */
function placeOf(name, from, packages) {
  for (
    let folder = `${from}/`;
    ;
    folder = folder.slice(0, folder.lastIndexOf('node_modules/', folder.length - 2))
  ) {
    const place = `${folder}node_modules/${name}`;
    if (place in packages) return place;
    if (folder === '') return undefined;
  }
}

function text(value) {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
