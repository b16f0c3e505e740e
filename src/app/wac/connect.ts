import { CoreEnvironment } from '@microsoft/windows-admin-center-sdk/core/data/core-environment';
import { name, powerShellModuleName, version } from '../../../manifest.json';
import { shippedAssets } from './browser-platform';
import type { Host } from './host';
import { LeaveDesk } from './leaving';
import type { RemoteShell } from './remote-shell';
import { readScripts } from './read-scripts';
import { SdkHost } from './sdk/sdk-host';
import { createSdkServices } from './sdk/sdk-services';
import { startShellSession } from './sdk/sdk-session';

/** Joins Windows Admin Center: settles once the shell has opened the tool and named the connection. */
export async function connectToWindowsAdminCenter(): Promise<{
  host: Host;
  shell: RemoteShell;
  desk: LeaveDesk;
}> {
  await CoreEnvironment.initialize(
    // Only what is named of the manifest goes into the bundle.
    { name, version, powerShellModuleName, isProduction: true, shellOrigin: '*' },
    { resourcesPath: 'assets/strings' },
    // Our own styles only: the shell's would restyle native controls. Our own keyboard handling too: the SDK's takes
    // over every tab list and grid, and writes aria-selected behind Angular's back.
    { reactExtension: true, disableAccessibility: true },
  );
  const services = createSdkServices();
  const desk = new LeaveDesk();
  const session = startShellSession(services, desk);
  // Not part of what the first screen waits for: it comes while the shell opens the tool.
  const [path, scripts, { SdkRemoteShell }] = await Promise.all([
    session.opened,
    shippedAssets.json('assets/powershell/scripts.json'),
    import('./sdk/sdk-remote-shell'),
  ]);
  return {
    desk,
    host: new SdkHost(services, session, path),
    shell: new SdkRemoteShell(services.powerShell, readScripts(scripts), node =>
      services.authorization.isAsking(node),
    ),
  };
}
