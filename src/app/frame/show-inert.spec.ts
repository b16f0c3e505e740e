import { ChangeDetectionStrategy, Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideInertTexts } from './show-inert';

@Component({
  selector: 'oc-says',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <p>{{ text() }}</p>
    @for (each of texts(); track $index) {
      <li [title]="each" [attr.aria-label]="'node ' + each">{{ $index }}: {{ each }}</li>
    }
    <b [textContent]="text()"></b>
    <a [attr.href]="'#' + text()">there</a>
    <input [value]="text()" />
  `,
})
class SaysComponent {
  readonly text = signal('proxy\u202E08:moc.live');
  readonly texts = signal(['a\u2066b', 'c']);
}

describe('texts on the page', () => {
  it('are shown in the order in which they stand, and what is not seen is named', async () => {
    TestBed.configureTestingModule({ providers: [provideInertTexts()] });
    const fixture = TestBed.createComponent(SaysComponent);
    await fixture.whenStable();
    const page = fixture.nativeElement as HTMLElement;
    const of = (selector: string) => page.querySelector(selector);
    expect(of('p')?.textContent).toBe('proxy[U+202E]08:moc.live');
    expect(of('b')?.textContent).toBe('proxy[U+202E]08:moc.live');
    expect(of('li')?.textContent).toBe('0: a[U+2066]b');
    expect(of('li')?.getAttribute('title')).toBe('a[U+2066]b');
    expect(of('li')?.getAttribute('aria-label')).toBe('node a[U+2066]b');
    fixture.componentInstance.text.set('x\u0000y');
    await fixture.whenStable();
    expect(of('p')?.textContent).toBe('x[U+0000]y');
    // What is no text to read stays.
    expect(of('a')?.getAttribute('href')).toBe('#x\u0000y');
    expect(page.querySelector('input')?.value).toBe('x\u0000y');
  });
});
