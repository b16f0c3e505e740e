/** What became of fetching a node's proxy configuration script (PAC). */
export const SCRIPT_STATES = [
  'read',
  'no-script',
  'status',
  'failed',
  'address',
  'credentials',
  'unasked',
] as const;
export type ScriptState = (typeof SCRIPT_STATES)[number];

/** A node's proxy configuration script, as the node got it. Its text is never run. */
export interface ProxyScript {
  readonly address: string;
  /** `status`: HTTP answered with another than 200; `address`: not http or https; `credentials`: it holds a name or password, which are not sent; `unasked`: the node could not ask. */
  readonly state: ScriptState;
  /** The status, or why there is none; hostile text. */
  readonly detail: string;
  /** As far as it is kept; hostile text, '' where it was not read. */
  readonly text: string;
  /** `host:port` of the proxies that stand in its text: named, which is not used. */
  readonly named: readonly string[];
  /** Where Windows sends endpoints by it; absent: not resolved. */
  readonly sent?: readonly SentThrough[];
}

export interface SentThrough {
  /** `host:port`, '' for direct. */
  readonly proxy: string;
  /** Ids of the plan's entries. */
  readonly endpoints: readonly string[];
}

const MAX_REPORT = 400_000;
const MAX_TEXT = 50_000;
const MAX_NAMED = 20;

/** What a node reads of its script. Of a class, so that nothing that a node writes can pass for it. */
export class ProxyScriptReport {
  constructor(readonly script: ProxyScript) {}
}

/** The text of `Get-ProxyScript.ps1`. Never throws: texts come from nodes. */
export function readProxyScript(address: string, value: unknown): ProxyScript {
  const [head = '', json = ''] = typeof value === 'string' ? value.slice(0, MAX_REPORT).split('\n', 2) : [];
  const [key, exit, status = '', , isScript, ...words] = head.split('\t');
  if (key !== 'P') return scriptWithout(address, 'unasked', '');
  const detail = words.join(' ').slice(0, 500);
  if (exit !== '0') return scriptWithout(address, 'failed', detail || `curl ${exit ?? ''}`);
  if (status !== '200') return scriptWithout(address, 'status', status.slice(0, 10));
  const text = textOf(json);
  return isScript === '1'
    ? { address, state: 'read', detail: '', text, named: namedIn(text) }
    : { ...scriptWithout(address, 'no-script', ''), text };
}

export function scriptWithout(address: string, state: ScriptState, detail: string): ProxyScript {
  return { address, state, detail, text: '', named: [] };
}

/**
 * The lines of `Resolve-EndpointProxy.ps1`, endpoints of one proxy together. Undefined where no endpoint has a proxy: then a
 * script that sends all directly cannot be told from one that Windows could not use.
 */
export function readSent(value: unknown): readonly SentThrough[] | undefined {
  const sent = new Map<string, string[]>();
  for (const line of typeof value === 'string' ? value.slice(0, MAX_REPORT).split('\n') : []) {
    const [key, id, proxy, ...more] = line.replace(/\r$/, '').split('\t');
    if (key !== 'G' || id === undefined || proxy === undefined || more.length > 0) continue;
    sent.set(proxy, [...(sent.get(proxy) ?? []), id]);
  }
  const isTold = [...sent.keys()].some(proxy => proxy !== '');
  return isTold ? [...sent].map(([proxy, endpoints]) => ({ proxy, endpoints })) : undefined;
}

/** Words of a script's answers: PROXY, HTTP, HTTPS or SOCKS, and host:port behind it. */
function namedIn(text: string): readonly string[] {
  const words = text.matchAll(
    /\b(?:PROXY|HTTPS?|SOCKS[45]?)[ \t]{1,9}((?:[A-Za-z0-9._-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\]):\d{1,5})\b/g,
  );
  return [...new Set([...words].map(([, proxy = '']) => proxy))].slice(0, MAX_NAMED);
}

function textOf(json: string): string {
  try {
    const text: unknown = JSON.parse(json);
    return typeof text === 'string' ? text.slice(0, MAX_TEXT) : '';
  } catch {
    return '';
  }
}
