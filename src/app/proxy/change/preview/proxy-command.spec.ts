import { proxyCommand } from './proxy-command';
import { shownCommands } from './shown-commands';

describe('proxyCommand', () => {
  it('is the document’s command', () => {
    expect(proxyCommand({ server: 'webproxy1.com:9090', bypass: [] })).toBe(
      'Set-WinInetProxy -ProxySettingsPerUser 0 -ProxyServer webproxy1.com:9090',
    );
    expect(proxyCommand(undefined)).toBe('Set-WinInetProxy');
  });

  it('quotes what PowerShell would read otherwise', () => {
    expect(proxyCommand({ server: '[fe80::1]:80', bypass: ['localhost', '*.contoso.com'] })).toBe(
      "Set-WinInetProxy -ProxySettingsPerUser 0 -ProxyServer '[fe80::1]:80' -ProxyBypass 'localhost;*.contoso.com'",
    );
  });

  it('doubles every quote that ends a literal', () => {
    expect(proxyCommand({ server: "x’); Get-Process; (‘'", bypass: [] })).toBe(
      "Set-WinInetProxy -ProxySettingsPerUser 0 -ProxyServer 'x’’); Get-Process; (‘‘'''",
    );
  });
});

describe('shownCommands', () => {
  it('tell netsh of a list only where there is one', () => {
    const of = (Bypass: readonly string[]) =>
      shownCommands({ script: 'Set-ProxySetting', parameters: { Server: 'p:1', Bypass, WinHttp: 'set' } })[1];
    expect(of([])).toBe("netsh winhttp set proxy 'proxy-server=p:1'");
    expect(of(['a', 'b'])).toBe("netsh winhttp set proxy 'proxy-server=p:1' 'bypass-list=a;b'");
  });
});
