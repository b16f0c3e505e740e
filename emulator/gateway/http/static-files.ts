import { readFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.resjson': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

export interface StaticFile {
  readonly type: string;
  readonly content: Buffer;
  readonly page: boolean;
}

/** One folder below one path of the site. */
export class StaticFiles {
  readonly #folder: string;
  readonly #basePath: string;

  /** @param basePath begins and ends with `/` */
  constructor(folder: string, basePath: string) {
    this.#folder = resolve(folder);
    this.#basePath = basePath;
  }

  owns(pathname: string): boolean {
    return `${pathname}/`.startsWith(this.#basePath);
  }

  /** The file for a path, `index.html` for a path without an extension (a route of the app); undefined when there is none. */
  async find(pathname: string): Promise<StaticFile | undefined> {
    const name = decoded(pathname.slice(this.#basePath.length));
    if (name === undefined) return undefined;
    const page = extname(name) === '' || name.endsWith('.html');
    const file = resolve(join(this.#folder, extname(name) === '' ? 'index.html' : name));
    if (!file.startsWith(this.#folder + sep)) return undefined;
    const content = await readFile(file).catch(() => undefined);
    if (!content) return undefined;
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    return { type, page, content: page ? this.#placed(content) : content };
  }

  /** A build says `<base href="/">`; the gateway puts in where it serves it. */
  #placed(page: Buffer): Buffer {
    return Buffer.from(page.toString('utf8').replace('<base href="/"', `<base href="${this.#basePath}"`));
  }
}

function decoded(path: string): string | undefined {
  try {
    const name = decodeURIComponent(path);
    return name.includes('\0') ? undefined : name;
  } catch {
    return undefined;
  }
}
