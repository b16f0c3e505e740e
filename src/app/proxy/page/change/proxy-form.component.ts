import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  type ElementRef,
  inject,
  input,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { CommandTextComponent } from '../../../ui/command-text.component';
import { TEXT } from '../../../ui/words/text';
import { proxyCommand } from '../../change/preview/proxy-command';
import {
  bypassWarnings,
  type NetworkLeftOut,
  serverWarnings,
  type Warning,
} from '../../setting/compose/advice';
import { troubleOf } from '../../setting/compose/ranges';
import type { BypassError } from '../../setting/bypass-list';
import { parseTypedBypass, toNoProxy } from '../../setting/compose/typed-bypass';
import { parseTypedServer, serverToFetch } from '../../setting/compose/typed-server';
import { simulate } from '../../setting/compose/simulate';
import type { DesiredProxy } from '../../setting/proxy-setting';
import { type ExtraLayers, NO_EXTRAS } from '../../change/order';

/** What the form asks for. */
export interface FormWish {
  /** Undefined: each node keeps the one that it has. */
  readonly server: string | undefined;
  readonly bypass: readonly string[];
  readonly extras: ExtraLayers;
}

/** Hosts that a warning names; of the others, how many. */
const MOST_NAMED = 6;

const EXTRAS = ['winHttp', 'environment', 'restartAgent'] as const;

/** The two fields, the command that they make, and the two ways to change all nodes. */
@Component({
  selector: 'oc-proxy-form',
  imports: [CommandTextComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './proxy-form.component.html',
  styles: `
    form {
      display: grid;
      gap: var(--spacingVerticalM);
      max-inline-size: 40rem;
    }
    p,
    ul {
      margin: 0;
    }
    ul {
      padding-inline-start: var(--spacingHorizontalL);
    }
    .buttons {
      display: flex;
      flex-wrap: wrap;
      gap: var(--spacingHorizontalS);
    }
    [aria-disabled='true'] {
      opacity: 0.6;
      cursor: not-allowed;
    }
  `,
})
export class ProxyFormComponent {
  /** What all nodes have now; fills the fields as long as nobody typed. */
  readonly current = input<DesiredProxy>();
  /** Why nothing may be started; the buttons stay in the tab order so that focus is not lost. '' when it may. */
  readonly waits = input('');
  /** The lowest build of the nodes, when they told it. */
  readonly build = input<number>();
  /** What Microsoft's page wants in the bypass list, as far as the cluster tells. */
  readonly proposals = input<readonly string[]>([]);
  /** Whether the cluster told its addresses with their networks. */
  readonly knowsNetwork = input(false);
  /** Those of its networks that are not among the proposals. */
  readonly networksLeftOut = input<readonly NetworkLeftOut[]>([]);
  readonly nodeNames = input<readonly string[]>([]);
  /** Hosts of the list that is chosen, wildcards among them. */
  readonly listed = input<readonly string[]>([]);
  readonly apply = output<FormWish>();
  readonly remove = output<ExtraLayers>();
  /** `host:port` through which the module is fetched, as typed so far; '' while it is none. */
  readonly typing = output<string>();

  protected readonly t = inject(TEXT);
  protected readonly server = signal('');
  protected readonly bypass = signal('');
  private readonly touched = signal<ReadonlySet<'server' | 'bypass'>>(new Set());
  private readonly typed = signal(false);

  private readonly serverBox = viewChild.required<ElementRef<HTMLInputElement>>('serverBox');
  private readonly bypassBox = viewChild.required<ElementRef<HTMLTextAreaElement>>('bypassBox');

  private readonly serverInput = computed(() => parseTypedServer(this.server(), this.build()));
  private readonly bypassInput = computed(() => parseTypedBypass(this.bypass()));

  /** Only the bypass list is changed; what stands in the server field does not matter then. */
  protected readonly keepsServer = signal(false);
  protected readonly serverError = computed(() => {
    const read = this.serverInput();
    return read.ok || this.keepsServer() || !this.touched().has('server') ? undefined : read.problem;
  });
  /** What was done with the scheme, when something was. */
  protected readonly scheme = computed(() => {
    const read = this.serverInput();
    return read.ok && read.scheme !== undefined ? { what: read.scheme, server: read.server } : undefined;
  });
  protected readonly conversions = computed(() => this.bypassInput().conversions);
  protected readonly warnings = computed<readonly Warning[]>(() => {
    const { entries, errors } = this.bypassInput();
    const server = this.serverInput();
    const ofBypass = errors.length > 0 ? [] : bypassWarnings(entries, this.nodeNames(), this.listed());
    if (this.keepsServer()) return ofBypass;
    return server.ok && errors.length === 0 ? [...serverWarnings(server.server), ...ofBypass] : [];
  });
  protected readonly extraNames = EXTRAS;
  protected readonly extras = signal<ExtraLayers>(NO_EXTRAS);
  /** Entries that NO_PROXY cannot say. */
  protected readonly leftOut = computed(() =>
    this.extras().environment ? toNoProxy(this.bypassInput().entries).left.join(', ') : '',
  );
  protected readonly host = signal('');
  protected readonly routes = computed(() => {
    const read = this.serverInput();
    const server = read.ok && !this.keepsServer() ? read.server : undefined;
    return simulate(this.host(), { server, entries: this.bypassInput().entries, extras: this.extras() });
  });
  /** Entries that no node would get, and that say nothing about a host. */
  protected readonly refused = computed(() =>
    this.host().trim() === ''
      ? ''
      : this.bypassInput()
          .errors.map(({ entry }) => entry)
          .filter(entry => entry !== '')
          .join('; '),
  );
  protected readonly bypassErrors = computed(() =>
    this.touched().has('bypass') ? this.bypassInput().errors.map(error => this.bypassText(error)) : [],
  );
  private readonly desired = computed<DesiredProxy | undefined>(() => {
    const server = this.serverInput();
    const bypass = this.bypassInput();
    return server.ok && bypass.errors.length === 0
      ? { server: server.server, bypass: bypass.entries }
      : undefined;
  });
  protected readonly command = computed(() => {
    const desired = this.desired();
    return desired && !this.keepsServer() ? proxyCommand(desired) : undefined;
  });

  constructor() {
    effect(() => {
      const read = this.serverInput();
      this.typing.emit(read.ok ? serverToFetch(read.server) : '');
    });
    effect(() => {
      const current = this.current();
      if (current === undefined || untracked(this.typed)) return;
      this.server.set(current.server);
      this.bypass.set(current.bypass.join('\n'));
    });
  }

  protected type(field: 'server' | 'bypass', event: Event): void {
    this.typed.set(true);
    this[field].set((event.target as HTMLInputElement | HTMLTextAreaElement).value);
  }

  /** Complains when a field is left, yet not about one that was passed by empty. */
  protected leave(field: 'server' | 'bypass'): void {
    if (this[field]().trim() !== '') this.touch(field);
  }

  protected submit(event: Event): void {
    event.preventDefault();
    if (this.waits() !== '') return;
    this.touch('server', 'bypass');
    const desired = this.desired();
    const { entries, errors } = this.bypassInput();
    if (this.keepsServer() && errors.length === 0)
      this.apply.emit({ server: undefined, bypass: entries, extras: this.extras() });
    else if (desired !== undefined && !this.keepsServer())
      this.apply.emit({ ...desired, extras: this.extras() });
    else (this.serverError() === undefined ? this.bypassBox() : this.serverBox()).nativeElement.focus();
  }

  protected setExtra(name: keyof ExtraLayers, event: Event): void {
    const isOn = (event.target as HTMLInputElement).checked;
    this.extras.update(extras => ({ ...extras, [name]: isOn }));
  }

  protected keepServer(event: Event): void {
    this.keepsServer.set((event.target as HTMLInputElement).checked);
  }

  protected ask(event: Event): void {
    this.host.set((event.target as HTMLInputElement).value);
  }

  /** Adds what is missing behind what was typed. */
  protected propose(): void {
    const has = new Set(this.bypassInput().entries.map(entry => entry.toLowerCase()));
    const missing = this.proposals().filter(entry => !has.has(entry.toLowerCase()));
    this.typed.set(true);
    this.bypass.set([this.bypass().trim(), ...missing].filter(line => line !== '').join('\n'));
  }

  protected askRemove(): void {
    if (this.waits() === '') this.remove.emit(this.extras());
  }

  protected warningText({ code, value, hosts = [] }: Warning): string {
    const named = hosts.slice(0, MOST_NAMED).join(', ');
    const more = hosts.length - MOST_NAMED;
    const text = this.t(`proxy.warning.${code}`, value, named);
    return more > 0 ? `${text} ${this.t('proxy.warning.listed-direct.more', more)}` : text;
  }

  private bypassText({ entry, problem }: BypassError): string {
    if (problem !== 'cidr') return this.t(`proxy.bypass.error.${problem}`, entry);
    const trouble = troubleOf(entry);
    return trouble.code === 'many'
      ? this.t('proxy.bypass.error.cidr.many', entry, trouble.count, trouble.wider)
      : this.t(`proxy.bypass.error.cidr.${trouble.code}`, entry);
  }

  private touch(...fields: ('server' | 'bypass')[]): void {
    this.touched.update(touched => new Set([...touched, ...fields]));
  }
}
