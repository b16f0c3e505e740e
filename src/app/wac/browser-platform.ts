import type { AssetSource, Clipboard, Clock, Downloads, FileOut, KeepSafe } from './platform';

export const browserClock: Clock = {
  now: () => new Date(),
  every: (ms, tick) => {
    const timer = setInterval(tick, ms);
    return () => clearInterval(timer);
  },
};

/** Session storage: gone with the tab, so that no cluster's results stay on a shared computer. */
export const tabKeepSafe: KeepSafe = {
  read: key => {
    try {
      return sessionStorage.getItem(key) ?? undefined;
    } catch {
      return undefined;
    }
  },
  write: (key, value) => {
    try {
      if (value === undefined) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, value);
      return true;
    } catch {
      // Full or forbidden: the tool works on, only without memory. An older text would pass for the newer one.
      forget(key);
      return false;
    }
  },
};

function forget(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Forbidden: then nothing was kept.
  }
}

export const browserDownloads: Downloads = {
  save: (file: FileOut) => {
    const url = URL.createObjectURL(new Blob([file.text], { type: file.mime }));
    const link = document.createElement('a');
    link.href = url;
    link.download = file.fileName;
    link.click();
    // The browser has taken the address over by the next turn.
    setTimeout(() => URL.revokeObjectURL(url));
  },
};

export const browserClipboard: Clipboard = {
  copy: async text => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  },
};

export const shippedAssets: AssetSource = {
  json: async path => {
    const response = await fetch(new URL(path, document.baseURI));
    if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
    return (await response.json()) as unknown;
  },
};
