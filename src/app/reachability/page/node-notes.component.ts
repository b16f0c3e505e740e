import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { isReachableState } from '../../cluster/cluster';
import { RawWordsComponent } from '../../ui/raw-words.component';
import { named } from '../../ui/words/named';
import { TEXT } from '../../ui/words/text';
import type { ProxyScript } from '../probe/proxy-script-report';
import { differingHosts } from '../run/names';
import { otherProxies } from '../run/other-proxies';
import { isForced, type NodeReport, type RunState } from '../run/run';

interface Note {
  readonly text: string;
  /** In the words of the node or the gateway; '' for none. */
  readonly raw: string;
  /** The nodes that it is about, where these words need it. */
  readonly of?: string;
  /** What is said of these words; absent: whose they are. */
  readonly about?: string;
}

interface Way {
  readonly text: string;
  /** Where more is told of it. */
  readonly href?: string;
}

/** How to trust a signer, and what audit mode is: azure-stack-docs, azure-local/manage/manage-wdac. */
const APPLICATION_CONTROL = 'https://learn.microsoft.com/azure/azure-local/manage/manage-wdac';
/** Worth knowing, and nothing wrong. */
const FACTS: ReadonlySet<string> = new Set(['constrained', 'module', 'detection-none']);
/** In a cluster of so many nodes each has its own line. */
const SINGLE = 8;

/** What concerns nodes as a whole: those that did not answer, what is not followed, and the way that the check takes. */
@Component({
  selector: 'oc-node-notes',
  imports: [RawWordsComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @for (note of warnings(); track note.text) {
      <div class="oc-notice" data-state="warning">
        <p>{{ note.text }}</p>
        @if (note.raw !== '') {
          <oc-raw-words
            [words]="note.raw"
            [summary]="note.about ?? t('reachability.node.words')"
            [of]="note.of"
          />
        }
      </div>
    }
    @if (ways().length > 0) {
      <ul [attr.aria-label]="t('reachability.node.legend')">
        @for (way of ways(); track way.text) {
          <li>
            {{ way.text }}
            @if (way.href; as href) {
              <a [href]="href" target="_blank" rel="noopener noreferrer"
                >{{ t('reachability.notice.more')
                }}<span class="oc-visually-hidden">{{ t('allowlist.newTab') }}</span></a
              >
            }
          </li>
        }
      </ul>
    }
  `,
  styles: `
    ul {
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--spacingHorizontalL);
      margin: 0 0 var(--spacingVerticalXS);
      padding: 0;
      color: var(--colorNeutralForeground2);
      list-style: none;
    }
    p {
      margin: 0;
    }
    li {
      position: relative;
    }
    li,
    div {
      overflow-wrap: anywhere;
    }
  `,
})
export class NodeNotesComponent {
  protected readonly t = inject(TEXT);

  readonly run = input.required<RunState>();
  private readonly asked = computed(() =>
    this.run().nodes.filter(({ node }) => isReachableState(node.state)),
  );

  protected readonly warnings = computed((): readonly Note[] => {
    const { nodes } = this.run();
    const down = nodes.filter(({ node }) => !isReachableState(node.state)).map(({ node }) => node.name);
    return [
      ...(down.length === 0
        ? []
        : [{ text: this.t('reachability.node.down', down.length, named(down)), raw: '' }]),
      ...this.endings(),
      ...this.badReports(),
      ...this.noticesOf(notice => !FACTS.has(notice)),
      ...this.scripts(),
    ];
  });

  /** Of a large cluster, nodes that go the same way are named together. */
  protected readonly ways = computed((): readonly Way[] => {
    const ways = new Map<
      string,
      { readonly kind: string; readonly proxy: string; readonly others: string; readonly names: string[] }
    >();
    // A forced way is one for all, and said above.
    const isSet = !isForced(this.run()) || this.run().request.way?.kind === 'wininet';
    for (const report of isSet ? this.asked() : []) {
      const way = report.proxy ?? (report.state === 'waiting' ? undefined : null);
      if (way === null) continue;
      const kind = way === undefined ? 'reading' : way === '' ? 'direct' : 'proxy';
      const others = isForced(this.run()) ? '' : named(otherProxies(this.run(), report));
      const key = this.asked().length <= SINGLE ? report.node.name : `${kind} ${way ?? ''} ${others}`;
      const known = ways.get(key) ?? { kind, proxy: way ?? '', others, names: [] };
      ways.set(key, { ...known, names: [...known.names, report.node.name] });
    }
    return [
      ...[...ways.values()].map(({ kind, proxy, others, names }) => {
        const text = this.t(`reachability.node.${kind}`, named(names), proxy);
        return { text: others === '' ? text : this.t('reachability.node.others', text, others) };
      }),
      ...this.noticesOf(notice => notice === 'constrained').map(({ text }) => ({
        text,
        href: APPLICATION_CONTROL,
      })),
      ...this.noticesOf(notice => FACTS.has(notice) && notice !== 'constrained'),
      ...this.differing().map(text => ({ text })),
    ];
  });

  /** Once all is over: while nodes still ask, they differ by chance. */
  private differing(): readonly string[] {
    const hosts = this.run().status === 'running' ? [] : differingHosts(this.run());
    return hosts.length === 0 ? [] : [this.t('reachability.node.names', named(hosts), hosts.length)];
  }

  /** Nodes whose work ended for the same reason are named together. */
  private endings(): readonly Note[] {
    const ended = this.asked().filter(report => report.ended !== undefined);
    return [...new Set(ended.map(report => report.ended))].map(cause => {
      const reports = ended.filter(report => report.ended === cause);
      const names = named(reports.map(({ node }) => node.name));
      const [meaning, action] = ['meaning', 'action'].map(part =>
        this.t(`reachability.cause.${String(cause)}.${part}`),
      );
      return {
        text: this.t('reachability.node.ended', names, meaning ?? '', action ?? ''),
        raw: wordsOf(reports),
        of: names,
      };
    });
  }

  private badReports(): readonly Note[] {
    const bad = this.asked().filter(({ badReports }) => badReports > 0);
    const count = bad.reduce((sum, { badReports }) => sum + badReports, 0);
    const key = `reachability.node.badReports.${count === 1 ? 'one' : 'many'}`;
    return count === 0
      ? []
      : [{ text: this.t(key, named(bad.map(({ node }) => node.name)), count), raw: '' }];
  }

  /** Nodes of which the same is known are named together. */
  private scripts(): readonly Note[] {
    const same = new Map<string, { readonly script: ProxyScript; readonly names: string[] }>();
    for (const { node, script } of this.asked()) {
      if (script === undefined) continue;
      const key = JSON.stringify(script);
      const known = same.get(key);
      if (known) known.names.push(node.name);
      else same.set(key, { script, names: [node.name] });
    }
    return [...same.values()].map(({ script, names }) => this.scriptNote(script, named(names)));
  }

  private scriptNote({ address, state, detail, text, named, sent }: ProxyScript, nodes: string): Note {
    const about = { raw: text, about: this.t('reachability.pac.text', address) };
    if (state !== 'read')
      return { text: this.t(`reachability.pac.${state}`, nodes, address, detail), ...about };
    if (sent === undefined) {
      const key = named.length === 0 ? 'reachability.pac.read.none' : 'reachability.pac.read';
      return { text: this.t(key, nodes, address, named.join(', ')), ...about };
    }
    const ways = sent.map(({ proxy, endpoints }) =>
      this.t(`reachability.pac.sent.${proxy === '' ? 'direct' : 'proxy'}`, endpoints.length, proxy),
    );
    const lines = sent.map(({ proxy, endpoints }) => `${proxy || 'DIRECT'}: ${endpoints.join(', ')}`);
    return {
      text: this.t('reachability.pac.sent', nodes, address, ways.join('; ')),
      ...about,
      raw: `${lines.join('\n')}\n\n${text}`,
    };
  }

  private noticesOf(isWanted: (notice: string) => boolean): readonly Note[] {
    const names = new Map<string, string[]>();
    for (const { node, notices, script, ended } of this.asked()) {
      // What is known of a script says more; where nothing was measured for the language, that is said.
      const told = notices.filter(
        notice =>
          !(notice === 'script' && script !== undefined) &&
          !(notice === 'constrained' && ended === 'constrained-language'),
      );
      for (const notice of told.filter(isWanted)) {
        names.set(notice, [...(names.get(notice) ?? []), node.name]);
      }
    }
    return [...names].map(([notice, of]) => ({
      text: this.t(`reachability.notice.${notice}`, named(of)),
      raw: '',
    }));
  }
}

/** What each node said; once where they said the same. */
function wordsOf(reports: readonly NodeReport[]): string {
  const told = reports.filter(({ message }) => message !== '');
  const words = new Set(told.map(({ message }) => message));
  return words.size < 2
    ? ([...words][0] ?? '')
    : told.map(({ node, message }) => `${node.name}: ${message}`).join('\n\n');
}
