import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { of, type Observable } from 'rxjs';
import { ProxyPage } from '../../src/app/proxy/page/proxy.page';
import type { ProbePlan } from '../../src/app/reachability/plan/probe-plan';
import type { ProxySetting } from '../../src/app/proxy/setting/proxy-setting';
import { LISTED_HOSTS, NEEDED_PLAN } from '../../src/app/proxy/state/needed-plan';
import { type Errand, Navigation } from '../../src/app/ui/navigation';
import { HOST, type Host } from '../../src/app/wac/host';
import { ASSETS, CLIPBOARD, CLOCK, KEEP_SAFE } from '../../src/app/wac/platform';
import { REMOTE_SHELL, type RemoteCommand, type RemoteShell } from '../../src/app/wac/remote-shell';
import { shippedCatalog } from './assets';
import { findButton } from './find-button';
import { englishStrings } from './strings';

/** jsdom paints nothing, so contrast is checked in the browser. */
export const NO_LAYOUT = { rules: { 'color-contrast': { enabled: false } } };

export const DIRECT: ProxySetting = {
  machineWide: false,
  perUserPolicy: null,
  server: '',
  bypass: [],
  pacUrl: '',
  autoDetect: false,
  moduleVersion: '0.1.0',
  readable: true,
  leftoverServer: '',
};
export const OLD: ProxySetting = {
  ...DIRECT,
  machineWide: true,
  perUserPolicy: 0,
  server: 'old:3128',
  bypass: ['localhost'],
};

const LISTED = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(letter => `${letter}.azure.com`);

export type Answer = (command: RemoteCommand) => Observable<unknown> | undefined;

/** A cluster whose nodes keep what they are given; `answers` lets a node behave otherwise. */
export class FakeCluster implements RemoteShell {
  readonly calls: string[] = [];
  readonly settings = new Map<string, ProxySetting>();
  readonly answers = new Map<string, Answer>();
  constructor(readonly states: Readonly<Record<string, string>>) {
    for (const name of Object.keys(states)) this.settings.set(name, DIRECT);
  }

  run(node: string, command: RemoteCommand): Observable<unknown> {
    if (command.name === 'Get-ClusterOverview') return of(this.overview());
    const name = node.split('.')[0] ?? '';
    this.calls.push(`${name} ${command.name} ${JSON.stringify(command.parameters ?? {})}`);
    const answer = this.answers.get(name)?.(command);
    if (answer !== undefined) return answer;
    const before = this.settings.get(name) ?? DIRECT;
    const { Server, Bypass } = (command.parameters ?? {}) as { Server: string; Bypass: string[] };
    if (command.name === 'Get-ProxySetting') return of(before);
    if (command.name === 'Remove-ProxySetting') this.settings.set(name, DIRECT);
    if (command.name === 'Set-ProxySetting') {
      this.settings.set(name, { ...OLD, server: Server, bypass: Bypass });
    }
    if (command.name === 'Install-WinInetProxyModule')
      this.settings.set(name, { ...before, moduleVersion: '0.1.0' });
    return of({ action: 'done' });
  }

  private overview(): unknown {
    const nodes = Object.entries(this.states).map(([name, state]) => ({
      name,
      fqdn: `${name}.contoso.local`,
      state,
    }));
    return { name: 'hci-cluster', nodes, registration: null, witness: null, warnings: [] };
  }
}

/** jsdom lays nothing out, and has the element of a dialog but not its two methods. */
function standInForLayout(): void {
  Element.prototype.scrollIntoView = () => undefined;
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
}

/** The Proxy tab of such a cluster, drawn, with what a reader does on it. */
export async function openProxyPage(cluster: FakeCluster, errand?: Errand, plan?: ProbePlan) {
  standInForLayout();
  let clipboard = '';
  const notify = jest.fn<undefined, Parameters<Host['notify']>>();
  const host: Partial<Host> = {
    connection: { name: 'hci-cluster.contoso.local', nodes: [] },
    theme: signal('light'),
    strings: englishStrings(),
    notify,
  };
  TestBed.configureTestingModule({
    providers: [
      { provide: HOST, useValue: host },
      { provide: CLOCK, useValue: { now: () => new Date(2026, 10, 24), every: () => () => undefined } },
      { provide: REMOTE_SHELL, useValue: cluster },
      { provide: ASSETS, useValue: shippedCatalog },
      { provide: KEEP_SAFE, useValue: { read: () => undefined, write: () => true } },
      { provide: CLIPBOARD, useValue: { copy: (value: string) => Promise.resolve(!!(clipboard = value)) } },
      { provide: NEEDED_PLAN, useValue: signal(plan) },
      { provide: LISTED_HOSTS, useValue: signal(LISTED) },
    ],
  });
  if (errand !== undefined) TestBed.inject(Navigation).go(errand);
  const fixture = TestBed.createComponent(ProxyPage);
  const page = fixture.nativeElement as HTMLElement;
  document.body.replaceChildren(page);
  const settle = async () => {
    // One turn of the event loop lets every chain of promises come to its end.
    for (let turn = 0; turn < 3; turn++) {
      await new Promise(resolve => setTimeout(resolve));
      await fixture.whenStable();
    }
  };
  const button = (name: string, within: ParentNode = page) => findButton(within, name);
  const dialog = () =>
    (page.querySelector('dialog[open]') ?? page.querySelector('dialog')) as HTMLDialogElement;
  const type = async (id: string, value: string) => {
    const box = page.querySelector(`#${id}`) as HTMLInputElement;
    box.value = value;
    box.dispatchEvent(new Event('input'));
    box.dispatchEvent(new Event('blur'));
    await settle();
    return box;
  };
  const click = async (name: string, within?: ParentNode) => {
    button(name, within).click();
    await settle();
  };
  /** No list is there in these tests, so nothing can be tested, and each node is an explicit choice. */
  const confirm = async (name: string) => {
    const all = dialog().querySelector('.oc-check input') as HTMLInputElement;
    all.checked = true;
    all.dispatchEvent(new Event('change'));
    await settle();
    await click(name, dialog());
  };
  const text = (selector: string) =>
    (page.querySelector(selector)?.textContent ?? '').replace(/\s+/g, ' ').trim();
  const rows = (selector: string) =>
    [...page.querySelectorAll(`${selector} tbody tr`)].map(row =>
      [...row.children].map(cell => cell.textContent.replace(/\s+/g, ' ').trim()),
    );
  await settle();
  const copied = () => clipboard;
  return { page, notify, copied, button, dialog, type, click, confirm, text, rows, settle };
}
