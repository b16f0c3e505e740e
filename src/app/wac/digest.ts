import { InjectionToken } from '@angular/core';

/** SHA-512 of bytes in Base64, as the PowerShell Gallery writes it; '' where the browser gives none. */
export type Digest = (bytes: Uint8Array<ArrayBuffer>) => Promise<string>;

export const DIGEST = new InjectionToken<Digest>('Digest', {
  providedIn: 'root',
  factory: () => async bytes => {
    try {
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-512', bytes));
      return btoa(String.fromCharCode(...hash));
    } catch {
      // Browsers keep it from pages that came without TLS.
      return '';
    }
  },
});
