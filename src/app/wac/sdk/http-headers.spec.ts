import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { headerConstants as sdkHeaders } from '@microsoft/windows-admin-center-sdk/core/data/http-constants';
import { headerConstants } from './http-headers';

const CORE = dirname(
  dirname(require.resolve('@microsoft/windows-admin-center-sdk/core/data/http-constants')),
);
/** What of the SDK reads them and is in the bundle. */
const READERS = [
  'data/gateway-connection.js',
  'data/http.js',
  'data/node-connection.js',
  'data/powershell.js',
  'host/host-core-manager.js',
  'security/authorization-manager.js',
  'security/sign-on-manager.js',
];

describe('The names of headers', () => {
  it("are the SDK's own", () => {
    expect(sdkHeaders).toMatchObject(headerConstants);
  });

  it('are all that the SDK asks for', () => {
    const asked = READERS.flatMap(file =>
      [...readFileSync(join(CORE, file), 'utf8').matchAll(/headerConstants\.(\w+)/g)].map(([, name]) => name),
    );
    expect(Object.keys(headerConstants)).toEqual(expect.arrayContaining([...new Set(asked)]));
  });
});
