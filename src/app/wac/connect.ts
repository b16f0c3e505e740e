import { CoreEnvironment } from '@microsoft/windows-admin-center-sdk/core/data/core-environment';
import manifest from '../../../manifest.json';
import type { Host } from './host';
import type { RemoteShell } from './remote-shell';
import { SdkHost } from './sdk-host';
import { SdkRemoteShell } from './sdk-remote-shell';
import { createSdkServices } from './sdk-services';
import { startShellSession } from './sdk-session';

/** Joins Windows Admin Center: settles once the shell has opened the tool and named the connection. */
export async function connectToWindowsAdminCenter(): Promise<{ host: Host; shell: RemoteShell }> {
  await CoreEnvironment.initialize(
    {
      name: manifest.name,
      version: manifest.version,
      powerShellModuleName: manifest.powerShellModuleName,
      isProduction: true,
      shellOrigin: '*',
    },
    { resourcesPath: 'assets/strings' },
    // Our own styles only: the shell's would restyle native controls.
    { reactExtension: true },
  );
  const services = createSdkServices();
  const session = startShellSession(services);
  const path = await session.opened;
  return { host: new SdkHost(services, session, path), shell: new SdkRemoteShell(services.powerShell) };
}
