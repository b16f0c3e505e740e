import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { NumberFieldComponent } from '../../../ui/fields/number-field.component';
import { IconComponent } from '../../../ui/icon.component';
import { SidePanelComponent } from '../../../ui/panes/side-panel.component';
import { TEXT } from '../../../ui/words/text';
import { WAY_KINDS } from '../../plan/way';
import {
  CALLS_AT_ONCE,
  CheckOptions,
  ENDPOINTS_AT_ONCE,
  NODES_AT_ONCE,
} from '../../state/check-options.store';

/** The button How to check, and the panel in which the next check's way and limits are chosen. */
@Component({
  selector: 'oc-check-options',
  imports: [IconComponent, NumberFieldComponent, SidePanelComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button type="button" class="oc-command" aria-haspopup="dialog" (click)="panel.open()">
      <oc-icon name="options" />{{ t('reachability.options') }}
    </button>
    <oc-side-panel #panel [heading]="t('reachability.options')">
      @if (panel.isOpen()) {
        <fieldset>
          <legend class="oc-label">{{ t('reachability.options.way') }}</legend>
          @for (kind of kinds; track kind) {
            <label class="oc-choice">
              <input
                type="radio"
                name="oc-way"
                [value]="kind"
                [checked]="options.kind() === kind"
                (change)="options.chooseWay(kind)"
              />
              {{ t('reachability.options.way.' + kind) }}
            </label>
          }
          <p class="oc-hint">{{ t('reachability.options.way.hint') }}</p>
        </fieldset>
        @if (options.kind() === 'proxy') {
          <div class="oc-field">
            <label for="oc-way-proxy">{{ t('reachability.options.proxy') }}</label>
            <input
              id="oc-way-proxy"
              class="oc-input"
              dir="ltr"
              autocomplete="off"
              spellcheck="false"
              maxlength="300"
              [value]="options.proxyEntry()"
              [attr.aria-invalid]="options.way() === undefined"
              aria-describedby="oc-way-proxy-error"
              (input)="options.enterProxy($any($event.target).value)"
            />
            <span id="oc-way-proxy-error" class="oc-error" role="alert">{{
              options.way() === undefined ? t('reachability.options.proxy.error') : ''
            }}</span>
          </div>
        }
        <h3>{{ t('reachability.options.limits') }}</h3>
        @for (limit of limits(); track limit.name) {
          <oc-number-field
            [fieldId]="limit.id"
            [label]="t('reachability.options.' + limit.name)"
            [limits]="limit"
            [value]="limit.entry"
            [hint]="t('reachability.options.' + limit.name + '.hint')"
            [error]="limit.isUsable ? '' : t('reachability.options.' + limit.name + '.error')"
            (enter)="limit.enter($event)"
          />
        }
      }
    </oc-side-panel>
  `,
  styles: `
    :host {
      display: contents;
    }
    fieldset {
      display: grid;
      gap: var(--spacingVerticalXS);
      margin: 0;
      padding: 0;
      border: 0;
    }
    .oc-choice {
      display: flex;
      gap: var(--spacingHorizontalS);
      align-items: center;
      min-block-size: 24px;
    }
    .oc-field,
    oc-number-field {
      margin-block: var(--spacingVerticalS);
    }
  `,
})
export class CheckOptionsComponent {
  protected readonly t = inject(TEXT);
  protected readonly options = inject(CheckOptions);
  protected readonly kinds = WAY_KINDS;

  protected readonly limits = computed(() => [
    {
      name: 'nodes',
      id: 'oc-nodes-at-once',
      ...NODES_AT_ONCE,
      entry: this.options.nodesEntry(),
      isUsable: this.options.nodesAtOnce() !== undefined,
      enter: (text: string) => this.options.enterNodes(text),
    },
    {
      name: 'endpoints',
      id: 'oc-endpoints-at-once',
      ...ENDPOINTS_AT_ONCE,
      entry: this.options.endpointsEntry(),
      isUsable: this.options.endpointsAtOnce() !== undefined,
      enter: (text: string) => this.options.enterEndpoints(text),
    },
    {
      name: 'calls',
      id: 'oc-calls-at-once',
      ...CALLS_AT_ONCE,
      entry: this.options.callsEntry(),
      isUsable: this.options.callsAtOnce() !== undefined,
      enter: (text: string) => this.options.enterCalls(text),
    },
  ]);
}
