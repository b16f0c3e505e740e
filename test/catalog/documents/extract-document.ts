/** What the document says of one URL, at one place. */
export interface Fact {
  /** Which of the edition's sources it is from, when the list is published in several; absent: `document`. */
  readonly source?: string;
  readonly section: string;
  readonly feature: string;
  /** As the document states them; empty where it states none. */
  readonly clouds: readonly string[];
  readonly url: string;
  readonly port?: string;
}

export interface DocumentFacts {
  readonly facts: readonly Fact[];
  readonly links: readonly { readonly feature: string; readonly url: string }[];
}

const FEATURES: Readonly<Record<string, string>> = {
  'Cluster creation': 'cluster-creation',
  'Cluster registration and billing': 'registration',
  'Microsoft Update': 'microsoft-update',
  'Cluster Cloud Witness': 'cloud-witness',
  'Remote Support': 'remote-support',
  'AKS-HCI': 'aks-hci',
  'Arc For Servers': 'arc-servers',
  'Microsoft Monitoring Agent (MMA)/Log Analytics Agent': 'log-analytics',
  Qualys: 'qualys',
  'Microsoft Defender': 'defender',
  'Azure portal': 'azure-portal',
  'Azure Arc Resource Bridge': 'resource-bridge',
};

const TAB_CLOUDS: Readonly<Record<string, string>> = {
  'Azure Public Cloud': 'public',
  'U.S. Government Cloud': 'usgov',
  'China Government Cloud': 'china',
};

const NOTE_CLOUDS: Readonly<Record<string, string>> = {
  'Azure Public': 'public',
  'Azure Gov': 'usgov',
  'Azure China': 'china',
};

/** Reads the published document (Markdown) and gives every URL that it names, place by place. */
export function extractDocument(markdown: string): DocumentFacts {
  const facts: Fact[] = [];
  const links: { feature: string; url: string }[] = [];
  let heading = '';
  let tab = '';
  for (const line of markdown.split(/\r?\n/)) {
    const title = /^### (.+)$/.exec(line)?.[1];
    if (title !== undefined && !title.startsWith('[')) {
      heading = title;
      tab = '';
    }
    if (line.startsWith('## ')) heading = '';
    tab = /^#### \[(.+?)\]/.exec(line)?.[1] ?? tab;
    const feature = FEATURES[heading];
    if (feature === undefined) continue;
    const section = tab === '' ? heading : `${heading}, ${tab}`;
    const clouds = tab === '' ? [] : [TAB_CLOUDS[tab] ?? `unknown tab ${tab}`];
    for (const url of urlsOf(line, feature)) facts.push({ section, feature, clouds, url });
    const link =
      /^Firewall:.*?(https:[^)>\]]+)/.exec(line)?.[1] ??
      /^(?:<|\[\[|Docs\]\()(https:[^)>\]]+)/.exec(line)?.[1];
    if (link !== undefined) links.push({ feature, url: link });
  }
  facts.push(...jsonFacts(markdown, 'Required URLs'), ...jsonFacts(markdown, 'Recommended URLs'));
  return { facts, links };
}

/** URLs that a line of prose or of a code block lists: alone on their line, or inside the two sentences that name one. */
function urlsOf(line: string, feature: string): string[] {
  const plain = line.replaceAll('\\', '').trim();
  if (/^(https?:\/\/)?(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+\/?$/.test(plain)) return [plain];
  if (feature === 'registration') return /\*\.powershellgallery\.com/.exec(plain)?.slice(0, 1) ?? [];
  if (feature === 'cloud-witness') return /\[\w+\](\.[a-z]+)+/.exec(plain)?.slice(0, 1) ?? [];
  return [];
}

/** The rows of the code block below a heading. The block is not valid JSON (typographic quotes), so it is read row by row. */
function jsonFacts(markdown: string, heading: string): Fact[] {
  const start = markdown.indexOf(`### ${heading}`);
  const end = markdown.indexOf('\n```', markdown.indexOf('```json', start));
  const block = markdown.slice(start, end);
  return [...block.matchAll(/"URL": "(.+?)",\s+"Port": "(.+?)",\s+"Notes": [“"](.*?)[“”"]\s*\}/gs)].map(
    ([, url = '', port = '', notes = '']) => ({
      section: `${heading}, Json`,
      feature: featureOf(notes),
      clouds: (/^\((Azure .+?)\)/.exec(notes)?.[1] ?? '')
        .split(', ')
        .filter(name => name !== '')
        .map(name => NOTE_CLOUDS[name] ?? `unknown cloud ${name}`),
      url,
      port,
    }),
  );
}

function featureOf(notes: string): string {
  if (notes.includes('Microsoft Update')) return 'microsoft-update';
  if (notes.includes('Cluster Cloud Witness')) return 'cloud-witness';
  if (notes.includes('Remote Support')) return 'remote-support';
  return 'registration';
}
