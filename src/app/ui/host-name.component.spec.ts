import { TestBed } from '@angular/core/testing';
import { HostNameComponent } from './host-name.component';

function shown(host: string): HTMLElement {
  const fixture = TestBed.createComponent(HostNameComponent);
  fixture.componentRef.setInput('host', host);
  fixture.detectChanges();
  return fixture.nativeElement as HTMLElement;
}

describe('A host name', () => {
  it.each(['management.azure.com:443', '*.blob.core.windows.net', 'localhost', '', '<b>a</b>.example'])(
    'is %j to whoever reads or copies it',
    host => {
      expect(shown(host).textContent).toBe(host);
    },
  );

  it('may break before each dot and the port', () => {
    const parts = [...shown('a.example:443').querySelectorAll('wbr')].map(
      each => each.previousSibling?.textContent,
    );
    expect(parts).toEqual(['a', '.example', ':443']);
  });
});
