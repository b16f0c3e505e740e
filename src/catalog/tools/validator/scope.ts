import type { ManifestDoor, ManifestFile, ManifestRow } from './manifest.ts';
import { doorOf } from './manifest.ts';

export interface Region {
  readonly id: string;
  readonly cloud: string;
}

/** A region of an edition and the manifest that holds there. */
export interface RegionManifest {
  readonly region: Region;
  readonly manifest: ManifestFile;
}

/** Each region's own manifest; a public region without one has the one for all of them. */
export function manifestsByRegion(
  regions: readonly Region[],
  manifests: readonly ManifestFile[],
): readonly RegionManifest[] {
  const of = (id: string): ManifestFile | undefined => manifests.find(({ region }) => region === id);
  return regions.flatMap(region => {
    const manifest = of(region.id) ?? (region.cloud === 'public' ? of('global') : undefined);
    return manifest === undefined ? [] : [{ region, manifest }];
  });
}

/** Rows of a manifest that connect to one door. */
export interface DoorRows {
  readonly door: ManifestDoor;
  readonly rows: readonly [ManifestRow, ...ManifestRow[]];
}

export function doorsOf({ rows }: ManifestFile): readonly DoorRows[] {
  const doors = new Map<string, { door: ManifestDoor; rows: [ManifestRow, ...ManifestRow[]] }>();
  for (const row of rows) {
    const door = doorOf(row);
    if (door === undefined) continue;
    const key = keyOf(door);
    const known = doors.get(key);
    if (known) known.rows.push(row);
    else doors.set(key, { door, rows: [row] });
  }
  return [...doors.values()];
}

export function keyOf({ host, port, protocol }: { host: string; port: number; protocol: string }): string {
  return `${protocol}://${host}:${port}`;
}
