import { webDarkTheme, webLightTheme } from '@fluentui/tokens';
import { setTheme } from '@fluentui/web-components';
import type { Theme } from '../wac/host';

/** Puts Fluent's design tokens on the document as CSS variables and tells the browser which scheme its own controls use. */
export function applyTheme(theme: Theme): void {
  setTheme(theme === 'dark' ? webDarkTheme : webLightTheme);
  document.documentElement.style.colorScheme = theme;
}
