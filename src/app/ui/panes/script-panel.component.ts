import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  resource,
  viewChild,
} from '@angular/core';
import { ASSETS } from '../../wac/platform';
import type { RemoteCommand } from '../../wac/remote-shell';
import { CopyButtonComponent } from '../copy-button.component';
import { FailedNoticeComponent } from '../failed-notice.component';
import { IconComponent } from '../icon.component';
import { scriptText } from './script-text';
import { SidePanelComponent } from './side-panel.component';
import { TEXT } from '../words/text';

/** What runs, and when. */
export interface ShownScript {
  /** A whole sentence: where it runs and what for. */
  readonly lead: string;
  readonly command: RemoteCommand;
}

/** The button Show script and the panel with the text of what runs on the nodes, with its parameters, to copy. */
@Component({
  selector: 'oc-script-panel',
  imports: [CopyButtonComponent, FailedNoticeComponent, IconComponent, SidePanelComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button type="button" class="oc-command" aria-haspopup="dialog" (click)="panel.open()">
      <oc-icon name="script" />{{ t('common.script.show') }}
    </button>
    <oc-side-panel #panel [heading]="t('common.script.heading')">
      @if (panel.isOpen()) {
        <p>{{ t('common.script.lead') }}</p>
        @if (texts.error(); as error) {
          <oc-failed-notice [text]="t('common.script.failed')" [cause]="error" (retry)="texts.reload()" />
        }
        @for (each of shown(); track each.name) {
          <section [attr.aria-label]="each.name">
            <h3>{{ each.name }}</h3>
            <p>{{ each.lead }}</p>
            <oc-copy-button [label]="t('common.script.copy', each.name)" [text]="each.text" />
            <pre tabindex="0" [attr.aria-label]="each.name">{{ each.text }}</pre>
          </section>
        }
      }
    </oc-side-panel>
  `,
  styles: `
    section {
      margin-block-start: var(--spacingVerticalL);
    }
    pre {
      max-block-size: 24rem;
      margin-block: var(--spacingVerticalXS) 0;
      padding: var(--spacingVerticalS) var(--spacingHorizontalS);
      overflow: auto;
      border: 1px solid var(--colorNeutralStroke2);
      border-radius: var(--borderRadiusMedium);
      background: var(--colorNeutralBackground2);
      font-family: var(--fontFamilyMonospace);
      font-size: var(--fontSizeBase200);
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
  `,
})
export class ScriptPanelComponent {
  protected readonly t = inject(TEXT);
  private readonly assets = inject(ASSETS);
  private readonly panel = viewChild.required(SidePanelComponent);

  readonly scripts = input.required<readonly ShownScript[]>();

  /** Fetched when somebody looks. */
  protected readonly texts = resource({
    params: () => (this.panel().isOpen() ? true : undefined),
    loader: () => this.assets.json('assets/powershell/scripts.json'),
  });
  protected readonly shown = computed(() => {
    const texts = this.texts.hasValue() ? (this.texts.value() as Readonly<Record<string, unknown>>) : {};
    return this.scripts().flatMap(({ lead, command }) => {
      const script = texts[command.name];
      return typeof script === 'string'
        ? [{ name: command.name, lead, text: scriptText(command, script) }]
        : [];
    });
  });
}
