import { TestBed } from '@angular/core/testing';
import { Subject } from 'rxjs';
import { makeText, TEXT } from '../ui/words/text';
import { HOST } from '../wac/host';
import { englishStrings } from '../../../test/jest/strings';
import { TabsComponent } from './tabs.component';

async function showTabs(initialPath = '') {
  const reported: string[] = [];
  const reopened = new Subject<string>();
  TestBed.configureTestingModule({
    providers: [
      {
        provide: HOST,
        useValue: { initialPath, reopened, reportPath: (path: string) => reported.push(path) },
      },
      { provide: TEXT, useValue: makeText(englishStrings()) },
    ],
  });
  const fixture = TestBed.createComponent(TabsComponent);
  const page = fixture.nativeElement as HTMLElement;
  document.body.append(page);
  await fixture.whenStable();
  const tabs = () => [...page.querySelectorAll<HTMLElement>('[role=tab]')];
  const selected = () =>
    tabs()
      .filter(tab => tab.getAttribute('aria-selected') === 'true')
      .map(tab => tab.textContent.trim());
  return { fixture, tabs, selected, reported, reopened };
}

describe('TabsComponent', () => {
  it('names the four tabs and selects the first', async () => {
    const { tabs, selected } = await showTabs();
    expect(tabs().map(tab => tab.textContent.trim())).toEqual([
      'Overview',
      'Allowlist',
      'Reachability',
      'Proxy',
    ]);
    expect(selected()).toEqual(['Overview']);
  });

  it('opens the tab that the shell asked for, whatever follows it', async () => {
    expect((await showTabs('proxy?x=1')).selected()).toEqual(['Proxy']);
  });

  it('selects a clicked tab and tells the shell', async () => {
    const { fixture, tabs, selected, reported } = await showTabs();
    tabs()[1]?.click();
    await fixture.whenStable();
    expect(selected()).toEqual(['Allowlist']);
    expect(reported).toEqual(['overview', 'allowlist']);
  });

  it('moves by arrow keys round the ends, with one tab stop', async () => {
    const { fixture, tabs, selected } = await showTabs();
    tabs()[0]?.focus();
    tabs()[0]?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
    await fixture.whenStable();
    expect(selected()).toEqual(['Proxy']);
    expect(document.activeElement).toBe(tabs()[3]);
    expect(tabs().map(tab => tab.getAttribute('tabindex'))).toEqual(['-1', '-1', '-1', '0']);
  });

  it('follows the shell when the administrator comes back elsewhere', async () => {
    const { fixture, selected, reopened } = await showTabs();
    reopened.next('proxy');
    await fixture.whenStable();
    expect(selected()).toEqual(['Proxy']);
  });
});
