import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  type ElementRef,
  inject,
  input,
  linkedSignal,
  output,
  untracked,
  viewChild,
} from '@angular/core';
import { CommandTextComponent } from '../../../ui/command-text.component';
import { CopyButtonComponent } from '../../../ui/copy-button.component';
import { numberIn } from '../../../ui/fields/number-in';
import { NumberFieldComponent } from '../../../ui/fields/number-field.component';
import { LineTemplate } from '../../../ui/tables/in-view/line-template';
import { LineTableComponent } from '../../../ui/tables/view/line-table.component';
import { TableView } from '../../../ui/tables/view/table-view';
import { ValueTextComponent } from '../../../ui/value-text.component';
import { TEXT } from '../../../ui/words/text';
import { proxyCommand } from '../../change/preview/proxy-command';
import {
  canChoose,
  commandsOf,
  hasWayBack,
  isChosen,
  type PreviewRow,
  reservationsOf,
  stateOf,
} from '../../change/preview/preview';
import type { Preview } from '../../state/preview';
import { ownerText } from '../settings/setting-text';
import { failingTexts } from './failing-texts';
import {
  afterTexts,
  beforeTexts,
  judgedTexts,
  othersText,
  reachesText,
  saidInstead,
  signOf,
  stateText,
} from './preview-texts';

/** What each node has, will have, and by which commands; asks before anything is changed. */
@Component({
  selector: 'oc-proxy-preview',
  imports: [
    CommandTextComponent,
    CopyButtonComponent,
    LineTableComponent,
    LineTemplate,
    NumberFieldComponent,
    ValueTextComponent,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './proxy-preview.component.html',
  styles: `
    dialog {
      max-inline-size: min(70rem, 92vw);
    }
    oc-line-table {
      --room: 50vh;
      --room-as-list: 50vh;
    }
    th[scope='row'] {
      min-inline-size: 6rem;
    }
    td {
      min-inline-size: 8rem;
      overflow-wrap: anywhere;
    }
    /* Settings, each with a server that should not break. */
    td:is(:nth-child(2), :nth-child(4)) {
      min-inline-size: 13rem;
    }
    p {
      margin: 0 0 var(--spacingVerticalXS);
    }
    .buttons {
      display: flex;
      flex-wrap: wrap;
      justify-content: flex-end;
      align-items: center;
      gap: var(--spacingHorizontalS);
      margin-block-start: var(--spacingVerticalM);
    }
  `,
})
export class ProxyPreviewComponent {
  readonly preview = input<Preview>();
  readonly limit = input.required<number>();
  readonly choose = output<{ readonly row: PreviewRow; readonly chosen: boolean }>();
  readonly limitTo = output<number>();
  readonly confirmed = output();
  readonly dismissed = output();

  protected readonly t = inject(TEXT);
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  private readonly cancel = viewChild<ElementRef<HTMLButtonElement>>('cancel');

  protected readonly wish = computed(() => this.preview()?.rows[0]?.wish);
  protected readonly heading = computed(() => {
    const wish = this.wish();
    if (wish === undefined) return '';
    if (this.preview()?.isRetry) return this.t('proxy.confirm.retry.heading', this.names());
    if (wish.kind !== 'set') return this.t(`proxy.confirm.${wish.kind}.heading`);
    return wish.keepsServer
      ? this.t('proxy.confirm.bypass.heading')
      : this.t('proxy.confirm.set.heading', wish.server);
  });
  /** Of the sentences that say what the confirmation does. */
  protected readonly asks = computed(() => {
    const wish = this.wish();
    if (wish === undefined || this.preview()?.isRetry) return 'retry';
    return wish.kind === 'set' && wish.keepsServer ? 'bypass' : wish.kind;
  });
  /** In which order, and what takes itself back: what was asked for stays where it only loses endpoints. */
  protected readonly order = computed(() =>
    this.t(this.wish()?.kind === 'set' ? 'proxy.preview.order' : 'proxy.preview.order.asked'),
  );
  /** The documented command, the same on all nodes. */
  protected readonly command = computed(() => {
    const wish = this.wish();
    if (wish === undefined || wish.kind === 'put-back') return undefined;
    if (wish.kind === 'set' && wish.keepsServer) return undefined;
    return proxyCommand(wish.kind === 'set' ? wish : undefined);
  });
  protected readonly skipped = computed(() =>
    (this.preview()?.rows ?? [])
      .filter(row => stateOf(row) === 'down')
      .map(({ node }) => node.name)
      .join(', '),
  );
  protected readonly shown = computed(() =>
    (this.preview()?.rows ?? []).filter(row => stateOf(row) !== 'down'),
  );
  /** Its wishes end with the preview: what is about to be changed is shown in whole at first. */
  protected readonly view = new TableView<PreviewRow>({
    items: this.shown,
    columns: () => [
      { id: 'node', title: this.t('proxy.column.node'), text: ({ node }) => node.name },
      {
        ...{ id: 'before', title: this.t('proxy.preview.before') },
        text: row => beforeTexts(this.t, row).join('. '),
        facet: row => beforeTexts(this.t, row),
      },
      {
        ...{ id: 'check', title: this.t('proxy.preview.check') },
        text: row => [...judgedTexts(this.t, row), ...failingTexts(this.t, row)].join(' ').trim(),
        facet: row => judgedTexts(this.t, row),
      },
      {
        ...{ id: 'after', title: this.t('proxy.preview.after') },
        text: row => afterTexts(this.t, row).join('. '),
      },
      {
        ...{ id: 'commands', title: this.t('proxy.preview.commands'), sorts: false },
        text: row => this.commands(row).join('; '),
      },
    ],
  });
  /** Nodes that are changed, too, although the search does not show them. */
  protected readonly hidden = computed(() => {
    const found = new Set(this.view.found());
    return this.shown()
      .filter(row => isChosen(row) && !found.has(row))
      .map(({ node }) => node.name)
      .join(', ');
  });
  /** Why the change cannot be made as it stands; '' when it can. What is wrong with the limit stands at its field. */
  protected readonly whyNot = computed(() => {
    const { ready = false, rows = [] } = this.preview() ?? {};
    if (!ready) return this.t('proxy.preview.why.checking');
    if (rows.some(isChosen)) return '';
    if (rows.some(canChoose)) return this.t('proxy.preview.why.unchosen');
    return this.t(`proxy.preview.why.${rows.every(row => stateOf(row) === 'already') ? 'already' : 'none'}`);
  });
  protected readonly canConfirm = computed(() => this.whyNot() === '' && this.isLimitUsable());
  protected readonly limits = { min: 1, max: 16 } as const;
  protected readonly limitEntry = linkedSignal(() => `${this.limit()}`);
  protected readonly isLimitUsable = computed(() => numberIn(this.limitEntry(), this.limits) !== undefined);

  protected readonly afterTexts = afterTexts;
  protected readonly beforeTexts = beforeTexts;
  protected readonly failingTexts = failingTexts;
  protected readonly othersText = othersText;
  protected readonly ownerText = ownerText;
  protected readonly reachesText = reachesText;
  protected readonly saidInstead = saidInstead;
  protected readonly signOf = signOf;
  protected readonly stateText = stateText;
  protected readonly stateOf = stateOf;
  protected readonly isChecking = (row: PreviewRow): boolean => stateOf(row) === 'checking';
  protected readonly canChoose = canChoose;
  protected readonly isChosen = isChosen;
  protected readonly hasWayBack = hasWayBack;
  protected readonly reservationsOf = reservationsOf;
  protected readonly readiness = computed(() => {
    const preview = this.preview();
    if (preview?.ready !== true) return this.t('proxy.preview.checking');
    // Of a node without a way back no copy is kept.
    const isKept = preview.rows.filter(isChosen).every(hasWayBack);
    return this.t(isKept ? 'proxy.preview.ready' : 'proxy.preview.ready.not-kept');
  });

  constructor() {
    // The browser's own dialog keeps the focus inside and gives it back to the opener.
    effect(() => {
      const isOpen = this.preview() !== undefined;
      const dialog = this.dialog().nativeElement;
      untracked(() => {
        if (isOpen && !dialog.open) {
          this.view.showAll();
          this.view.groupBy('');
          this.limitEntry.set(`${this.limit()}`);
          dialog.showModal();
          // On Cancel, so that a key held too long changes nothing.
          queueMicrotask(() => this.cancel()?.nativeElement.focus());
        }
        if (!isOpen && dialog.open) dialog.close();
      });
    });
  }

  protected readonly canChooseAny = computed(
    () => this.preview()?.ready === true && this.view.found().some(canChoose),
  );
  /** Whether all that can be chosen are. */
  protected readonly allChosen = computed(() => {
    const rows = this.view.found().filter(canChoose);
    return rows.length > 0 && rows.every(isChosen);
  });

  protected toggleAll(event: Event): void {
    const { checked } = event.target as HTMLInputElement;
    for (const row of this.view.found().filter(canChoose)) this.choose.emit({ row, chosen: checked });
  }

  private names(): string {
    return (this.preview()?.rows ?? []).map(({ node }) => node.name).join(', ');
  }

  /** Beside the documented command, which stands once for all. */
  protected commands(row: PreviewRow): readonly string[] {
    return commandsOf(row).filter(command => command !== this.command());
  }

  protected toggle(row: PreviewRow, event: Event): void {
    this.choose.emit({ row, chosen: (event.target as HTMLInputElement).checked });
  }

  protected enterLimit(text: string): void {
    this.limitEntry.set(text);
    const limit = numberIn(text, this.limits);
    if (limit !== undefined) this.limitTo.emit(limit);
  }

  protected confirm(): void {
    if (this.canConfirm()) this.confirmed.emit();
  }
}
