import type { RegistryContent } from '../../emulator/nodes/host-protocol.ts';

export const POLICY = 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const SETTINGS = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const CONNECTIONS = `HKLM:\\${SETTINGS}\\Connections`;
export const ENVIRONMENT = 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment';
export const ACCOUNT = `HKCU:\\${SETTINGS}\\Connections`;

/** `DefaultConnectionSettings` by the layout of .NET's `_ProxyRegBlob.cs`. */
export function blob(flags: number, server: string, bypass = '', pac = '', tail = '00'.repeat(32)): string {
  const number = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
  };
  const text = (value: string): Buffer => Buffer.concat([number(value.length), Buffer.from(value, 'latin1')]);
  const parts = [number(0x46), number(5), number(flags), text(server), text(bypass), text(pac)];
  return Buffer.concat([...parts, Buffer.from(tail, 'hex')]).toString('base64');
}

export const binary = (data: string) => ({ kind: 'Binary', data }) as const;
export const machine = (data: string): RegistryContent => ({
  [POLICY]: { ProxySettingsPerUser: 0 },
  [CONNECTIONS]: { DefaultConnectionSettings: binary(data), SavedLegacySettings: binary(data) },
});

/** The former states in which nodes are found. */
export const FORMERS: Readonly<Record<string, RegistryContent>> = {
  none: {},
  plain: machine(blob(3, 'old:3128', 'localhost')),
  commas: machine(blob(3, 'old:3128', 'localhost,127.0.0.1,*.svc,node1,192.168.0.*')),
  blanks: machine(blob(3, 'old:3128', 'localhost 127.0.0.1')),
  '<local>': machine(blob(3, 'old:3128', '<local>;*.contoso.com')),
  'http://': machine(blob(3, 'http://192.168.1.250:8080', 'localhost')),
  'per-protocol': machine(blob(3, 'http=a:1;https=b:2;ftp=c:3')),
  PAC: machine(blob(5, '', '', 'http://wpad.contoso.com/p.pac')),
  detection: machine(blob(9, '')),
  'per-user with a left-over': {
    [CONNECTIONS]: { DefaultConnectionSettings: binary(blob(3, 'left:1')) },
    [ACCOUNT]: { DefaultConnectionSettings: binary(blob(3, 'me:2', '', '', 'ff'.repeat(40))) },
  },
  'unreadable bytes': machine(Buffer.from('0102ff', 'hex').toString('base64')),
  'policy as text': { ...machine(blob(3, 'old:1')), [POLICY]: { ProxySettingsPerUser: '0' } },
  'environment and WinHTTP': {
    ...machine(blob(3, 'old:1')),
    [ENVIRONMENT]: {
      HTTPS_PROXY: 'http://env:1',
      NO_PROXY: { kind: 'ExpandString', data: '%COMPUTERNAME%,.svc' },
    },
    [CONNECTIONS]: {
      WinHttpSettings: binary(Buffer.from('2800000000000000010000ff', 'hex').toString('base64')),
    },
  },
};
