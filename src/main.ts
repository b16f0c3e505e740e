import './app/wac/sdk/sdk-polyfills';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideZonelessChangeDetection } from '@angular/core';
import { AppComponent } from './app/frame/app.component';
import { provideInertTexts } from './app/frame/show-inert';
import { learnAuthorities } from './app/reachability/verdict/certificates/known-authorities';
import { browserDownloads, lastingKeepSafe, shippedAssets, tabKeepSafe } from './app/wac/browser-platform';
import { connectToWindowsAdminCenter } from './app/wac/connect';
import { HOST } from './app/wac/host';
import { LEAVE_QUESTION } from './app/wac/leaving';
import { ASSETS, DOWNLOADS, KEEP_SAFE, LASTING_KEEP_SAFE, LEAVE_GUARD } from './app/wac/platform';
import { REMOTE_SHELL } from './app/wac/remote-shell';

async function start(): Promise<void> {
  const [{ host, shell, desk }, authorities] = await Promise.all([
    connectToWindowsAdminCenter(),
    shippedAssets.json('assets/authorities/known.json'),
  ]);
  learnAuthorities(authorities);
  await bootstrapApplication(AppComponent, {
    providers: [
      provideZonelessChangeDetection(),
      provideInertTexts(),
      { provide: HOST, useValue: host },
      { provide: REMOTE_SHELL, useValue: shell },
      { provide: KEEP_SAFE, useValue: tabKeepSafe },
      { provide: LASTING_KEEP_SAFE, useValue: lastingKeepSafe },
      { provide: DOWNLOADS, useValue: browserDownloads },
      { provide: LEAVE_QUESTION, useValue: desk },
      { provide: LEAVE_GUARD, useValue: desk },
      { provide: ASSETS, useValue: shippedAssets },
    ],
  });
  // Nobody has pressed anything yet, so it may come later.
  const { keepFocus } = await import('./app/frame/keep-focus');
  keepFocus(document);
}

start().catch((error: unknown) => {
  // Nothing of ours is on the page yet, so say it plainly and in text only.
  const root = document.querySelector('oc-root');
  if (root)
    root.textContent = `Outbound connectivity could not start in Windows Admin Center. ${String(error)}`;
});
