import './sdk-polyfills';
import { EnvironmentModule as SdkModule } from '@microsoft/windows-admin-center-sdk/core/manifest/environment-modules';
import { ManifestLoader as SdkLoader } from '@microsoft/windows-admin-center-sdk/core/manifest/manifest-loader';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ManifestLoader } from './tool-manifest';
import { EnvironmentModule } from './tool-module';

const CORE = dirname(
  dirname(require.resolve('@microsoft/windows-admin-center-sdk/core/manifest/environment-modules')),
);
/** What of the SDK reads it and is in the bundle; core/security/connection.js does so only for the shell. */
const READERS = [
  'data/cookie.js',
  'data/core-environment.js',
  'data/gateway-connection.js',
  'data/gateway-urls.js',
  'data/node-connection.js',
  'rpc/rpc-channel.js',
  'rpc/rpc-manager.js',
];

/** What a loader makes of how the tool was initialised. */
async function environmentBy(loader: { loadManifest(): Promise<void> }): Promise<object> {
  const self = MsftSme.self();
  // 1 is MsftSme.EnvironmentMode.LoadEmbedded.
  Object.assign(self, {
    Init: { mode: 1, moduleName: 'tool', moduleVersion: '1.2.3', shellOrigin: '*' },
    Resources: { localeId: 'en-US' },
  });
  await loader.loadManifest();
  return self.Environment;
}

describe("The tool's own manifest", () => {
  it('is what the SDK makes of it, but for what only the shell shows', async () => {
    const { configuration, ...theirs } = { ...(await environmentBy(SdkLoader)) } as {
      configuration: object;
    };
    expect(await environmentBy(ManifestLoader)).toMatchObject(theirs);
    expect(configuration).toMatchObject({ gateway: { disabled: false } });
    expect(MsftSme.self().Environment.configuration).toEqual({ gateway: { disabled: false } });
  });

  it("gives the SDK's answers", async () => {
    await environmentBy(SdkLoader);
    await environmentBy(ManifestLoader);
    for (const gatewayApiVersion of ['1.0.0', '2.0.0', null]) {
      Object.assign(MsftSme.self().Init, { gatewayApiVersion });
      const [own, theirs] = [EnvironmentModule, SdkModule].map(module => [
        module.nameOfShell,
        module.defaultSignature,
        module.getModuleName(),
        module.getModuleVersion(),
        module.isGatewayV200,
        module.isExtensionOrigin(window.location.origin),
        module.isExtensionOrigin('https://elsewhere.example'),
      ]);
      expect(own).toEqual(theirs);
    }
  });

  it('has all that the SDK asks it for', () => {
    const asked = READERS.flatMap(file =>
      [...readFileSync(join(CORE, file), 'utf8').matchAll(/EnvironmentModule\.(\w+)/g)].map(
        ([, name]) => name ?? '',
      ),
    );
    expect([...new Set(asked)].filter(name => !(name in EnvironmentModule))).toEqual([]);
  });
});
