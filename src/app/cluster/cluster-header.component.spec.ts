import { signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import * as axe from 'axe-core';
import { englishStrings } from '../../../test/jest/strings';
import { HOST, type Host } from '../wac/host';
import { REMOTE_SHELL, RemoteError, type RemoteShell } from '../wac/remote-shell';
import { of, throwError, type Observable } from 'rxjs';
import { ClusterHeaderComponent } from './cluster-header.component';

/** jsdom paints nothing, so contrast is checked in the browser. */
const NO_LAYOUT = { rules: { 'color-contrast': { enabled: false } } };

const OVERVIEW = {
  name: 'hci-cluster',
  nodes: [
    { name: 'node1', fqdn: 'node1.contoso.local', state: 'up' },
    { name: 'node2', fqdn: 'node2.contoso.local', state: 'down' },
  ],
  registration: { status: 'Registered', connection: 'Connected', region: 'eastus' },
  witness: null,
  warnings: [],
};

async function show(answer: Observable<unknown>, nodes: readonly string[] = ['node1']) {
  const shell: RemoteShell = { run: () => answer };
  const host: Partial<Host> = {
    connection: { name: 'hci-cluster.contoso.local', nodes },
    theme: signal('light'),
    strings: englishStrings(),
  };
  TestBed.configureTestingModule({
    providers: [
      { provide: HOST, useValue: host },
      { provide: REMOTE_SHELL, useValue: shell },
    ],
  });
  const fixture = TestBed.createComponent(ClusterHeaderComponent);
  await fixture.whenStable();
  return { page: fixture.nativeElement as HTMLElement, text: textOf(fixture) };
}

function textOf(fixture: ComponentFixture<unknown>): string {
  return (fixture.nativeElement as HTMLElement).textContent.replace(/\s+/g, ' ');
}

describe('oc-cluster-header', () => {
  it('shows the cluster, each node with its state in words, cloud and region', async () => {
    const { page, text } = await show(of(OVERVIEW));
    expect(page.querySelector('h1')?.textContent).toBe('hci-cluster');
    expect(text).toMatch(/node1 ✓ Up/);
    expect(text).toMatch(/node2 ✕ Down/);
    expect(text).toContain('Azure public');
    expect(text).toContain('eastus');
    expect(text).not.toContain('[cluster.');
    expect((await axe.run(page, NO_LAYOUT)).violations).toEqual([]);
  });

  it('says where to choose the cloud when the cluster does not tell', async () => {
    const { text } = await show(of({ ...OVERVIEW, registration: null }));
    expect(text).toContain('Not detected. To set it, choose Change beside the list.');
  });

  it('explains a missing permission and that the node list is a remembered one', async () => {
    const { text } = await show(
      throwError(() => new RemoteError('access-denied', 'hci-cluster', 'Access <b>denied</b>')),
    );
    expect(text).toContain('may not run commands on hci-cluster');
    expect(text).toContain('Access <b>denied</b>');
    expect(text).toContain('may be out of date');
    expect(text).toContain('State unknown');
  });

  it('says that there is nothing to work with when no nodes are known', async () => {
    const { page, text } = await show(of(null), []);
    expect(text).toContain('There are no nodes to work with.');
    expect(page.querySelector<HTMLElement>('.oc-notice')?.dataset['state']).toBe('error');
  });
});
