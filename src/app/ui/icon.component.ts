import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

/** Outlines in a square of 16. */
const ICONS = {
  check: 'M2.5 8.5l3.5 3.5 7.5-8',
  cancel: 'M4 4l8 8M12 4l-8 8',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  export: 'M8 2v7.5M5 6.5l3 3 3-3M2.5 10v3.5h11V10',
  refresh: 'M13.5 8a5.5 5.5 0 1 1-1.7-4M13.5 2v3h-3',
  script: 'M2 3h12v10H2zM4.5 6l2 2-2 2M8 10.5h3',
  options: 'M2 4.5h7M12 4.5h2M2 11.5h2M7 11.5h7M10.5 3v3M5.5 10v3',
  filter: 'M2 3.5h12L9.5 8.5v4l-3 1.5V8.5z',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9M10.3 10.3l3.2 3.2',
  add: 'M8 3v10M3 8h10',
  import: 'M8 9.5V2M5 5l3-3 3 3M2.5 10v3.5h11V10',
  send: 'M2 3l12 5-12 5 2-5zM4 8h5',
  proxy: 'M2 8h3M11 8h3M5 4.5h6v7H5z',
  undo: 'M5.5 3L2.5 6l3 3M2.5 6h7a3.5 3.5 0 0 1 0 7H6',
  history: 'M8 2.5a5.5 5.5 0 1 1-5.2 3.7M2.5 3v3h3M8 5v3.3l2 1.3',
  link: 'M7 4.5H3.5v8h8V9M9.5 2.5h4v4M13.5 2.5L7.5 8.5',
} as const;
export type IconName = keyof typeof ICONS;

/** A picture beside a word that says the same; never alone. */
@Component({
  selector: 'oc-icon',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
    <path
      [attr.d]="path()"
      fill="none"
      stroke="currentColor"
      stroke-width="1.3"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  </svg>`,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
    }
  `,
})
export class IconComponent {
  readonly name = input.required<IconName>();
  protected readonly path = computed(() => ICONS[this.name()]);
}
