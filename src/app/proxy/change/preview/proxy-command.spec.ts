import { proxyCommand } from './proxy-command';

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
