import {
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { CopyButtonComponent } from '../../copy-button.component';
import { IconComponent } from '../../icon.component';
import { TEXT } from '../../words/text';
import type { TableView } from './table-view';

/** Search, filters, grouping and copy of one table, and how many of its lines are left. */
@Component({
  selector: 'oc-table-tools',
  imports: [CopyButtonComponent, IconComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="line">
      <label>
        {{ label() || t('common.search') }}
        <input
          #search
          class="oc-input"
          type="search"
          autocomplete="off"
          spellcheck="false"
          [attr.aria-label]="label() ? null : t('common.search.name', name())"
          [value]="view().text()"
          (input)="view().search($any($event.target).value)"
        />
      </label>
      @if (view().hasFacets()) {
        <button
          type="button"
          class="oc-button oc-button-subtle"
          [attr.aria-label]="filters() + ': ' + name()"
          [attr.aria-expanded]="isOpen()"
          (click)="isOpen.set(!isOpen())"
        >
          <oc-icon name="filter" />{{ filters() }}
        </button>
      }
      <oc-copy-button [label]="t('common.copyTable')" [of]="name()" [text]="view().copied" />
      <oc-copy-button
        #row
        [label]="t('common.copyRow')"
        [of]="name()"
        [text]="view().copiedLine"
        [nothing]="t('common.copyRow.none')"
      />
      <span role="status" class="oc-hint">
        @if (view().isNarrowed()) {
          {{ t('common.search.counts', view().found().length, view().all().length) }}
          @if (view().found().length === 0) {
            {{ t('common.search.none') }}
          }
        }
      </span>
      @if (view().isNarrowed()) {
        <button
          type="button"
          class="oc-button oc-button-subtle"
          [attr.aria-label]="t('common.showAll') + ': ' + name()"
          (click)="showAll()"
        >
          {{ t('common.showAll') }}
        </button>
      }
    </div>
    @if (isOpen() && view().hasFacets()) {
      <div class="line">
        @for (facet of view().facets(); track facet.id) {
          <label>
            {{ facet.title }}
            <select class="oc-select" (change)="view().choose(facet.id, $any($event.target).value)">
              <option value="" [selected]="facet.value === ''">{{ t('common.any') }}</option>
              @for (option of facet.options; track option.value) {
                <option [value]="option.value" [selected]="option.value === facet.value">
                  {{ t('common.filters.option', option.value, option.count) }}
                </option>
              }
            </select>
          </label>
        }
        <label>
          {{ t('common.group') }}
          <select class="oc-select" (change)="view().groupBy($any($event.target).value)">
            <option value="" [selected]="view().group() === ''">{{ t('common.group.none') }}</option>
            @for (facet of view().facets(); track facet.id) {
              <option [value]="facet.id" [selected]="facet.id === view().group()">{{ facet.title }}</option>
            }
          </select>
        </label>
      </div>
    }
  `,
  styles: `
    :host {
      display: block;
      margin-block-end: var(--spacingVerticalS);
    }
    .line,
    label {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--spacingVerticalXS) var(--spacingHorizontalM);
      min-inline-size: 0;
    }
    label {
      max-inline-size: 26rem;
      column-gap: var(--spacingHorizontalS);
    }
    select,
    input {
      max-inline-size: min(18rem, 100%);
    }
    .line + .line {
      margin-block-start: var(--spacingVerticalXS);
    }
  `,
  host: { role: 'group', '[attr.aria-label]': 'name()' },
})
export class TableToolsComponent<T> {
  protected readonly t = inject(TEXT);
  readonly view = input.required<TableView<T>>();
  /** The table's accessible name. */
  readonly name = input.required<string>();
  /** Of the search field, where more is to say than that it searches. */
  readonly label = input('');
  protected readonly isOpen = signal(false);
  protected readonly filters = computed(() =>
    this.view().chosen() === 0
      ? this.t('common.filters')
      : this.t('common.filters.set', this.view().chosen()),
  );
  private readonly row = viewChild.required<CopyButtonComponent>('row');
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('search');

  /** Copies the line where the reader is, and says so. */
  copyRow(): void {
    void this.row().copy();
  }

  /** The button goes with what it takes away. */
  protected showAll(): void {
    this.view().showAll();
    this.field().nativeElement.focus();
  }
}
