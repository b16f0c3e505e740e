import { hideCredentials, hideInWords } from '../credentials';

/** What `azcmagent config get` tells. */
export interface ArcAgent {
  /** `http://host:port`, '' for none; without the name and password in it. */
  readonly proxyUrl: string;
  readonly proxyBypass: string;
  /** `gateway` for Arc gateway, `direct`, `proxy`; '' when it did not tell. */
  readonly connectionType: string;
}

/** The agent is on the node and could not be asked, so nothing is known of its way. */
export interface UnreadAgent {
  /** What the node, or the agent, said instead; '' when it gave no answer in time. From outside. */
  readonly unread: string;
}

export type AgentReading = ArcAgent | UnreadAgent;

/** Of a text that comes from a node, and is shown. */
const LONGEST_REASON = 500;

export function isAgentRead(agent: AgentReading | undefined): agent is ArcAgent {
  return agent !== undefined && !('unread' in agent);
}

/**
 * From a node, so nothing in it is trusted; undefined when there is no agent. An answer that is none of the forms in which
 * the settings are written is no setting: a word of warning must not be taken for a proxy.
 */
export function parseAgent(value: unknown): AgentReading | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object') return unread(value);
  const { unread: reason, proxyUrl, proxyBypass = '', connectionType = '' } = value as Fields;
  if (reason !== undefined) return unread(reason);
  for (const [text, form] of [
    [proxyUrl, PROXY],
    [proxyBypass, LIST],
    [connectionType, WORD],
  ] as const) {
    if (typeof text !== 'string' || !form.test(text)) return unread(text);
  }
  return { proxyUrl: hideCredentials(String(proxyUrl)), proxyBypass, connectionType } as ArcAgent;
}

type Fields = Readonly<Record<string, unknown>>;

/** `http://host:port`, with a name and password before it or without; the port may be left out, or else the scheme. */
const PROXY = /^(?:|https?:\/\/[^\s/]+\/?|(?:\[[0-9a-f:.]+\]|[\w.-]+):\d{1,5}\/?)$/i;
/** Words with commas between them; in brackets, blanks may do. */
const LIST = /^(?:|\[[\w\s,;"'.*:/-]*\]|["']?[\w.*:/-]+["']?(?:\s*[,;]\s*["']?[\w.*:/-]+["']?)*)$/;
const WORD = /^[\w-]*$/;

function unread(reason: unknown): UnreadAgent {
  return { unread: hideInWords((typeof reason === 'string' ? reason : '').slice(0, LONGEST_REASON)) };
}
