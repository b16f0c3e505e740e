import { aloneScript } from '../../scripts/lib/alone-script.ts';
import { readCatalog } from '../../src/catalog/tools/read-catalog.ts';
import { bundleTool, LEARN_AUTHORITIES } from './tool-bundle.ts';

/** What the tests look at of a run. */
export interface OfflineRun {
  readonly status: string;
  readonly request: { readonly cluster: string; readonly by?: string; readonly way?: object };
  readonly nodes: readonly {
    readonly node: { readonly name: string };
    readonly proxy?: string;
    readonly notices?: readonly string[];
    readonly badReports: number;
  }[];
  readonly plan: { readonly targets: readonly { readonly id: string }[] };
  readonly cells: ReadonlyMap<
    string,
    ReadonlyMap<string, { readonly verdict: string; readonly cause: string; readonly route: object }>
  >;
}

export interface ListOptions {
  readonly edition: string;
  readonly cloud?: string;
  readonly cluster?: string;
  readonly timeoutMs?: number;
  readonly answers?: Readonly<Record<string, string>>;
  /** These alone. */
  readonly ownRules?: readonly object[];
}

interface Code {
  readonly script: (edition: unknown, options: ListOptions, template: string) => string;
  readonly readRunFile: (text: string) => OfflineRun | undefined;
  readonly proxyFor: (rules: { server: string; bypass: readonly string[] }, target: object) => string;
}

const ENTRY = `${LEARN_AUTHORITIES}
import { makeAllowlist } from './src/app/allowlist/list/allowlist';
import { readEdition } from './src/app/allowlist/catalog/read-edition';
import { choiceFor } from './src/app/allowlist/choice/choice';
import { OWN_RULES, withOwnRules } from './src/app/own-rules/rules/with-own-rules';
import { withFeatures } from './src/app/allowlist/list/filter';
import { checkScript } from './src/app/export/allowlist/check-script';
import { makeText } from './src/app/ui/words/make-text';
export { readRunFile } from './src/app/reachability/record/read/read-run-file';
export { proxyFor } from './src/app/reachability/plan/proxy-route';
const t = makeText(STRINGS);
const listOf = (edition, options) => {
  const choice = choiceFor(options.cloud ?? 'public', { answers: options.answers ?? {} });
  const all = withOwnRules(makeAllowlist(readEdition(edition), choice), options.ownRules ?? [], t);
  return options.ownRules === undefined ? all : withFeatures(all, new Set([OWN_RULES]));
};
export const script = (edition, options, template) =>
  checkScript(
    listOf(edition, options),
    { template, cluster: options.cluster ?? 'hci.contoso.local', toolVersion: '1.2.3', timeoutMs: options.timeoutMs ?? 5000 },
    t,
  );
`;

let loaded: Promise<Code> | undefined;

/** The product's own writer of the offline check and reader of its file; they are written for a bundler. */
export function offlineCode(): Promise<Code> {
  loaded ??= bundleTool<Code>(ENTRY);
  return loaded;
}

/** The offline check of a list that ships. */
export async function offlineScript(options: ListOptions): Promise<string> {
  const edition = readCatalog().find(({ id }) => id === options.edition);
  return (await offlineCode()).script(edition, options, aloneScript());
}
