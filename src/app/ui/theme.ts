import type { Theme } from '../wac/host';

/** Chooses the design tokens (`.generated/theme/theme.css`) and tells the browser which scheme its own controls use. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  document.documentElement.style.colorScheme = theme;
}
