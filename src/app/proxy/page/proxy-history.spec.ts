import { TestBed } from '@angular/core/testing';
import { englishStrings } from '../../../../test/jest/strings';
import { HOST } from '../../wac/host';
import { KEEP_SAFE } from '../../wac/platform';
import type { HistoryEntry } from '../change/history';
import { ProxyHistoryComponent } from './proxy-history.component';

function shown(who: string, readAt?: Date): HTMLElement {
  const host = { strings: englishStrings(), locale: 'en-US', connection: { name: 'hci', nodes: [] } };
  TestBed.configureTestingModule({
    providers: [
      { provide: HOST, useValue: host },
      { provide: KEEP_SAFE, useValue: { read: () => undefined, write: () => true } },
    ],
  });
  const fixture = TestBed.createComponent(ProxyHistoryComponent);
  const entry: HistoryEntry = { change: 'c1', when: '', who, from: [''], to: 'p:1', nodes: [] };
  fixture.componentRef.setInput('entries', [entry]);
  fixture.componentRef.setInput('readAt', readAt);
  fixture.detectChanges();
  return fixture.nativeElement as HTMLElement;
}

describe('The history of the proxy', () => {
  it.each([
    ['CONTOSO\\admin', ['CONTOSO\\', 'admin']],
    ['svc-admin@contoso.local', ['svc-admin@contoso.local']],
    ['', ['Not known']],
  ])('says who made a change, %j, in a line that may end after the domain alone', (who, parts) => {
    const cell = shown(who).querySelector('td');
    expect(cell?.textContent.trim()).toBe(parts.join(''));
    const ends = [...(cell?.querySelectorAll('wbr') ?? [])].map(each => each.previousSibling?.textContent);
    expect(ends).toEqual(parts);
  });

  it('says when the nodes were asked', () => {
    expect(shown('x').textContent).not.toContain('Last read at');
    TestBed.resetTestingModule();
    const at = new Date(2026, 10, 26, 9, 5, 7);
    expect(shown('x', at).textContent.replace(/\s+/g, ' ')).toContain('Last read at 9:05:07 AM.');
  });
});
