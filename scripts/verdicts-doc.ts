import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { format, resolveConfig } from 'prettier';

/** `node scripts/verdicts-doc.ts`: writes `docs/verdicts.md` from the code's tables and the strings of the interface. */

const root = join(import.meta.dirname, '..');
export const FILE = join(root, 'docs/verdicts.md');

const DECISIONS = join(root, 'src/app/reachability/verdict/decisions.json');
const FINDINGS = join(root, 'src/app/reachability/finding/decisions.json');

/** The tool's own tables; bundled, since the tool is written for a bundler. */
interface Tables {
  readonly VERDICTS: readonly string[];
  readonly FINDING_KINDS: readonly string[];
  readonly CAUSES: Readonly<Record<string, { readonly verdict: string; readonly owner: string }>>;
}

/** By what a cause is given; the rules themselves are in `verdict.ts`, `address-cause.ts`, `certificate-cause.ts`, `http-cause.ts`. */
interface Decision {
  /** What must have been seen. */
  readonly evidence: string;
  /** The likeliest first. */
  readonly likely: readonly string[];
  /** What to ask the owner for; '' when nobody is asked. */
  readonly ask: string;
}

/** What leads to a finding; the rules themselves are in `finding/explain/`. */
interface FindingDecision {
  readonly evidence: string;
  readonly owner: string;
}

const FINDINGS_INTRO = `# Findings: what explains a run

Every failed result belongs to one finding, and so does what was not tested for a reason that nobody chose. In this order
explanations take what is still unexplained; \`revocation\` takes its hosts from those that speak of single endpoints. A finding
without failed results says what is wrong before anything fails for it, as a clock.
`;

const INTRO = `# Verdicts: by what they are given

Made by \`node scripts/verdicts-doc.ts\` from the tables in \`src/app/reachability/verdict/\` and the strings; a test fails when it
is stale. Only evidence makes a failure, and only evidence makes a success.

Three grades of a good end are never mixed: **Reachable** – the service itself answered; **Answered, not proven** – something did;
and what a filter blocks, which is a failure. *Not tested* says nothing of the network.

What the node could not do for lack of time is the node's; what ends behind a proxy is the proxy team's, also where this table says
network. *Slow* is no verdict but stands beside one that is good: a step of the network took a second and 40 % of the time allowed at
least, without what the script itself lost.

The first of several rows that fit counts: addresses, then certificates that are not the service's, then the step at which it ended,
then the answer.

Addresses are judged on the direct way only. Behind a proxy the proxy looks names up, so that a private or blocked address is not seen
on the node: the details of such a result say "Not looked up". What fails for it there is the proxy's to tell.
`;

/** The document, from the words of one language. */
export async function verdictsDocument(): Promise<string> {
  const text = await readFile(join(root, 'assets/strings/reachability.resjson'), 'utf8');
  const words = JSON.parse(text) as Readonly<Record<string, string>>;
  const word = (key: string): string => words[`reachability.${key}`] ?? '';
  const { CAUSES, VERDICTS, FINDING_KINDS } = await loadTables();
  const decisions = JSON.parse(await readFile(DECISIONS, 'utf8')) as Readonly<Record<string, Decision>>;
  const strange = Object.keys(decisions).filter(cause => !Object.hasOwn(CAUSES, cause));
  if (strange.length > 0) throw new Error(`decisions.json explains what is no cause: ${strange.join(', ')}.`);
  const sections = VERDICTS.map(verdict => {
    const causes = Object.entries(CAUSES).filter(([, facts]) => facts.verdict === verdict);
    const parts = causes.map(([cause, { owner }]) => section(cause, owner));
    return `## ${word(`verdict.${verdict}`)} (\`${verdict}\`)\n\n${parts.join('\n')}`;
  });
  const findings = await findingSections(FINDING_KINDS);
  return format([INTRO, ...sections, FINDINGS_INTRO, ...findings].join('\n'), {
    ...(await resolveConfig(FILE)),
    filepath: FILE,
  });

  function section(cause: string, owner: string): string {
    const decision = decisions[cause];
    if (decision === undefined) throw new Error(`decisions.json lacks the cause ${cause}: add it.`);
    const { evidence, likely, ask } = decision;
    return [
      `### \`${cause}\`\n`,
      `${word(`cause.${cause}.meaning`)}\n`,
      `- Evidence: ${evidence}.`,
      `- Owner: ${word(`owner.${owner}`)}.`,
      `- Likely, in order: ${likely.join('; ')}.`,
      `- Next step: ${word(`cause.${cause}.action`)}`,
      ...(ask === '' ? [] : [`- Ask for: ${ask}.`]),
      '',
    ].join('\n');
  }
}

async function findingSections(kinds: readonly string[]): Promise<readonly string[]> {
  const text = await readFile(join(root, 'assets/strings/finding.resjson'), 'utf8');
  const words = JSON.parse(text) as Readonly<Record<string, string>>;
  const decisions = JSON.parse(await readFile(FINDINGS, 'utf8')) as Readonly<Record<string, FindingDecision>>;
  const strange = Object.keys(decisions).filter(kind => !kinds.includes(kind));
  if (strange.length > 0)
    throw new Error(`decisions.json explains what is no finding: ${strange.join(', ')}.`);
  // Kinds of which each cause brings its own words have none here.
  const word = (key: string): string | undefined => words[`finding.${key}`]?.replaceAll(/"?\{\d\}"?/g, '…');
  /** Of kinds whose words depend on where it was; the others say what the cause does. */
  const bySteps = (prefix: string): string => {
    const keys = Object.keys(words).filter(key => key.startsWith(`finding.${prefix}`));
    const lines = keys.map(key => `  - \`${key.split('.').at(-1) ?? ''}\`: ${words[key] ?? ''}`);
    return lines.length === 0 ? 'that of the cause.' : ['by where it was slow.', ...lines].join('\n');
  };
  return kinds.map(kind => {
    const decision = decisions[kind];
    if (decision === undefined) throw new Error(`decisions.json lacks the finding ${kind}: add it.`);
    const title = word(kind) ?? word(`${kind}.one`) ?? word(`${kind}.closed`);
    const said = (part: 'next' | 'ask'): string => word(`${kind}.${part}`) ?? bySteps(`${kind}.${part}.`);
    return [
      `## \`${kind}\`\n`,
      ...(title === undefined ? [] : [`${title}\n`]),
      `- Evidence: ${decision.evidence}.`,
      `- Owner: ${decision.owner}.`,
      `- Next step: ${said('next')}`,
      `- Request: ${said('ask')}`,
      '',
    ].join('\n');
  });
}

async function loadTables(): Promise<Tables> {
  const bundle = await build({
    stdin: {
      contents: `
        export { CAUSES } from './src/app/reachability/verdict/causes';
        export { FINDING_KINDS } from './src/app/reachability/finding/finding';
        export { VERDICTS } from './src/app/reachability/verdict/verdicts';`,
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'error',
  });
  const text = bundle.outputFiles[0]?.text ?? '';
  return (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as Tables;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(FILE, await verdictsDocument());
