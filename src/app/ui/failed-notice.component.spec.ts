import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { englishStrings } from '../../../test/jest/strings';
import { HOST } from '../wac/host';
import { CLIPBOARD } from '../wac/platform';
import { FailedNoticeComponent } from './failed-notice.component';

@Component({
  imports: [FailedNoticeComponent],
  template: `
    <p role="status">{{ tries() }}</p>
    <oc-failed-notice text="It is not there." [cause]="cause" (retry)="tries.set(tries() + 1)" />
  `,
})
class PageComponent {
  cause: Error | string | undefined = new Error('Failed to fetch chunk-1.js');
  readonly tries = signal(0);
}

function open(cause?: string): { page: HTMLElement; button: HTMLButtonElement } {
  TestBed.configureTestingModule({
    providers: [
      { provide: HOST, useValue: { strings: englishStrings() } },
      { provide: CLIPBOARD, useValue: { copy: () => Promise.resolve(true) } },
    ],
  });
  const fixture = TestBed.createComponent(PageComponent);
  if (cause !== undefined) fixture.componentInstance.cause = cause;
  fixture.detectChanges();
  const page = fixture.nativeElement as HTMLElement;
  const button = [...page.querySelectorAll('button')].at(-1);
  if (button === undefined) throw new Error('There is nothing to try again with.');
  return { page, button };
}

describe('A part that could not be had', () => {
  it('says what to do first, and keeps what the browser said closed, to copy', () => {
    const { page } = open();
    expect(page.querySelector('[role=alert] p')?.textContent).toBe('It is not there.');
    expect(page.querySelector('details:not([open])')?.textContent).toContain('Failed to fetch chunk-1.js');
    expect(page.querySelector('details oc-copy-button')).not.toBeNull();
  });

  it('has no details without words', () => {
    expect(open('').page.querySelector('details')).toBeNull();
  });

  it('is tried again', () => {
    const { page, button } = open();
    button.click();
    TestBed.tick();
    expect(page.querySelector('[role=status]')?.textContent).toBe('1');
  });
});
