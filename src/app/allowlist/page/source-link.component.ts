import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { TEXT } from '../../ui/words/text';
import type { Source } from '../catalog/catalog';
import { sourceAddress } from '../catalog/source-address';

/** A source by its title and date, as a link to the version that was used. */
@Component({
  selector: 'oc-source-link',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (address(); as href) {
      <a [href]="href" target="_blank" rel="noopener noreferrer"
        ><span lang="en">{{ title() }}</span
        ><span class="oc-visually-hidden">{{ t('allowlist.newTab') }}</span></a
      >
    } @else {
      <span lang="en">{{ title() }}</span>
    }
  `,
  styles: `
    :host {
      position: relative;
    }
  `,
})
export class SourceLinkComponent {
  protected readonly t = inject(TEXT);
  readonly source = input.required<Source | undefined>();

  protected readonly address = computed(() => {
    const source = this.source();
    return source && sourceAddress(source);
  });
  protected readonly title = computed(() => {
    const source = this.source();
    if (source === undefined) return '';
    return source.date === undefined
      ? source.title
      : this.t('allowlist.sourceTitle', source.title, source.date);
  });
}
