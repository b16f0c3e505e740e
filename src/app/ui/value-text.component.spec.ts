import { TestBed } from '@angular/core/testing';
import * as fc from 'fast-check';
import { piecesOf, ValueTextComponent } from './value-text.component';

describe('A text with values', () => {
  it.each([
    ['proxy:8080, machine-wide', [['proxy:8080, machine-wide']]],
    ['long-proxy:8080, machine-wide', [['long-proxy', ':8080,'], [' machine-wide']]],
    ['by web1.contoso.com:8080', [['by '], ['web1', '.contoso', '.com', ':8080']]],
    ['http=a:80;https=b:443', [['http=', 'a', ':80;', 'https=', 'b', ':443']]],
    ['localhost,10.0.0.*;*.svc', [['localhost,', '10', '.0', '.0', '.*;', '*', '.svc']]],
    ['http://wpad/proxy.pac', [['http://', 'wpad/', 'proxy', '.pac']]],
    ['[fd00::1]:8080 [fd00::1]:80', [['[fd00::1]', ':8080'], [' [fd00::1]:80']]],
    ['CONTOSO\\administrator', [['CONTOSO\\', 'administrator']]],
    ['Not asked. Again: now', [['Not asked. Again: now']]],
    ['', []],
  ])('%s', (text, pieces) => {
    expect(piecesOf(text)).toEqual(pieces);
  });

  it('never has a joint in a number or a word, and is the same to whoever reads or copies it', () => {
    const texts = fc.array(
      fc.constantFrom('a', 'Ä', '80', '.', ':', ';', '=', '/', ' ', '*', '<b>', '\\', ','),
    );
    fc.assert(
      fc.property(texts, letters => {
        const text = letters.join('');
        const pieces = piecesOf(text);
        expect(pieces.flat().join('')).toBe(text);
        for (const parts of pieces)
          for (const [index, part] of parts.slice(1).entries())
            expect(/[\p{L}\p{N}]$/u.test(parts[index] ?? '') && /^[\p{L}\p{N}]/u.test(part)).toBe(false);
        const fixture = TestBed.createComponent(ValueTextComponent);
        fixture.componentRef.setInput('text', text);
        fixture.detectChanges();
        expect((fixture.nativeElement as HTMLElement).textContent).toBe(text);
        fixture.destroy();
      }),
    );
  });
});
