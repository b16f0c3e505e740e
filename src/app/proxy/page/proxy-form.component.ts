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
import { TEXT } from '../../ui/text';
import { parseBypassList } from '../setting/bypass-list';
import { proxyCommand } from '../change/proxy-command';
import { parseProxyServer } from '../setting/proxy-server';
import type { DesiredProxy } from '../setting/proxy-setting';

/** The two fields, the command that they make, and the two ways to change all nodes. */
@Component({
  selector: 'oc-proxy-form',
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
  /** Nothing may be started; the buttons stay in the tab order so that focus is not lost. */
  readonly disabled = input(false);
  readonly apply = output<DesiredProxy>();
  readonly remove = output();

  protected readonly t = inject(TEXT);
  protected readonly server = signal('');
  protected readonly bypass = signal('');
  private readonly touched = signal<ReadonlySet<'server' | 'bypass'>>(new Set());
  private readonly typed = signal(false);

  private readonly serverBox = viewChild.required<ElementRef<HTMLInputElement>>('serverBox');
  private readonly bypassBox = viewChild.required<ElementRef<HTMLTextAreaElement>>('bypassBox');

  private readonly serverInput = computed(() => parseProxyServer(this.server()));
  private readonly bypassInput = computed(() => parseBypassList(this.bypass()));

  protected readonly serverError = computed(() => {
    const read = this.serverInput();
    return read.ok || !this.touched().has('server') ? undefined : read.problem;
  });
  /** The server without its scheme, when one was typed. */
  protected readonly stripped = computed(() => {
    const read = this.serverInput();
    return read.ok && read.schemeRemoved ? read.server : undefined;
  });
  protected readonly bypassErrors = computed(() =>
    this.touched().has('bypass') ? this.bypassInput().errors : [],
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
    return desired && proxyCommand(desired);
  });

  constructor() {
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
    if (this.disabled()) return;
    this.touch('server', 'bypass');
    const desired = this.desired();
    if (desired !== undefined) this.apply.emit(desired);
    else (this.serverError() === undefined ? this.bypassBox() : this.serverBox()).nativeElement.focus();
  }

  protected askRemove(): void {
    if (!this.disabled()) this.remove.emit();
  }

  private touch(...fields: ('server' | 'bypass')[]): void {
    this.touched.update(touched => new Set([...touched, ...fields]));
  }
}
