import { TestBed } from '@angular/core/testing';
import { englishStrings } from '../../../test/jest/strings';
import { HOST } from '../wac/host';
import { CLIPBOARD } from '../wac/platform';
import { CopyButtonComponent } from './copy-button.component';

describe('oc-copy-button', () => {
  it('speaks after every copy, also the same twice, and says when the browser refused', async () => {
    let mayCopy = true;
    TestBed.configureTestingModule({
      providers: [
        { provide: HOST, useValue: { strings: englishStrings() } },
        { provide: CLIPBOARD, useValue: { copy: () => Promise.resolve(mayCopy) } },
      ],
    });
    const fixture = TestBed.createComponent(CopyButtonComponent);
    fixture.componentRef.setInput('label', 'Copy');
    fixture.componentRef.setInput('text', 'a');
    await fixture.whenStable();
    const page = fixture.nativeElement as HTMLElement;
    const status = page.querySelector('[role=status]') as HTMLElement;
    const changes: boolean[] = [];
    const press = async (): Promise<string> => {
      const heard = new Set<MutationRecord>();
      const listener = new MutationObserver(records => records.forEach(each => heard.add(each)));
      listener.observe(status, { childList: true, characterData: true, subtree: true });
      page.querySelector('button')?.click();
      await fixture.whenStable();
      changes.push(heard.size > 0);
      listener.disconnect();
      return status.textContent.trim();
    };
    expect(await press()).toBe('Copied.');
    expect(await press()).toBe('Copied.');
    expect(await press()).toBe('Copied.');
    mayCopy = false;
    expect(await press()).toContain('did not allow copying');
    expect(changes).toEqual([true, true, true, true]);
  });
});
