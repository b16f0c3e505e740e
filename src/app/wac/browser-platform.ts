import type {
  AssetSource,
  Clipboard,
  Clock,
  Downloads,
  FileOut,
  KeepSafe,
  LastingKeepSafe,
  LeaveGuard,
} from './platform';

export const browserClock: Clock = {
  now: () => new Date(),
  every: (ms, tick) => {
    const timer = setInterval(tick, ms);
    return () => clearInterval(timer);
  },
};

/** Session storage: gone with the tab, so that what was chosen and typed does not stay on a shared computer. */
export const tabKeepSafe: KeepSafe = keepSafeIn(() => sessionStorage, '');

/**
 * Local storage, which all tools of a gateway share: for what must survive leaving, which the administrator sees listed
 * and can delete.
 */
export const lastingKeepSafe: LastingKeepSafe = keepSafeIn(() => localStorage, 'outbound-connectivity:');

/** @param storage asked each time: a browser that forbids it throws at its very name */
function keepSafeIn(storage: () => Storage, prefix: string): LastingKeepSafe {
  return {
    keys: beginning => {
      try {
        return Object.keys(storage())
          .filter(key => key.startsWith(prefix + beginning))
          .map(key => key.slice(prefix.length));
      } catch {
        return [];
      }
    },
    read: key => {
      try {
        return storage().getItem(prefix + key) ?? undefined;
      } catch {
        return undefined;
      }
    },
    write: (key, value) => {
      try {
        // An older text would pass for the newer one when there is no room for that.
        storage().removeItem(prefix + key);
        if (value !== undefined) storage().setItem(prefix + key, value);
        return true;
      } catch {
        // Full or forbidden: the tool works on, only without memory.
        return false;
      }
    },
  };
}

export const browserDownloads: Downloads = {
  save: (file: FileOut) => {
    const url = URL.createObjectURL(new Blob([file.bytes ?? file.text], { type: file.mime }));
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

/** The browser asks in its own words; the tool's frame is part of the page that closes. */
export const browserLeaveGuard: LeaveGuard = {
  hold: () => {
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  },
};
