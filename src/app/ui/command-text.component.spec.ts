import { TestBed } from '@angular/core/testing';
import { CommandTextComponent } from './command-text.component';

it('keeps a command as it is, and each of its words together', async () => {
  const command = "Set-WinInetProxy -ProxySettingsPerUser 0 -ProxyServer 'a b;c'";
  const fixture = TestBed.createComponent(CommandTextComponent);
  fixture.componentRef.setInput('text', command);
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  expect(element.textContent).toBe(command);
  expect(element.querySelectorAll('span')).toHaveLength(6);
});
