import { webDarkTheme, webLightTheme } from '@fluentui/tokens';

export type ThemeName = 'light' | 'dark';

/** `?theme=dark` or `light`, else what was chosen before in this browser tab. */
export function firstTheme(): ThemeName {
  const asked = new URLSearchParams(location.search).get('theme') ?? sessionStorage.getItem(KEY);
  return asked === 'dark' ? 'dark' : 'light';
}

const KEY = 'emulator.theme';

/** Paints the shell's page and remembers the choice for a reload. */
export function paint(theme: ThemeName): void {
  const root = document.documentElement;
  const tokens = theme === 'dark' ? webDarkTheme : webLightTheme;
  for (const [name, value] of Object.entries(tokens)) root.style.setProperty(`--${name}`, String(value));
  root.style.colorScheme = theme;
  sessionStorage.setItem(KEY, theme);
}
