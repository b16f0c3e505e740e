import { EnvironmentModule } from './tool-module';

/**
 * In the place of the SDK's manifest-loader.js (`fileReplacements` in angular.json): 4 kB, and 3 kB of host-core-manager.js behind
 * them, that fetch the manifests of the shell and of all extensions. A tool's own is what it was initialised with.
 */
export const ManifestLoader = {
  loadManifest(): Promise<void> {
    const self = MsftSme.self();
    const { moduleName: name, moduleVersion: version, shellOrigin: origin } = self.Init;
    const { defaultSignature: signature, nameOfShell } = EnvironmentModule;
    const manifest = { name, version, signature, shell: { name: nameOfShell, origin } };
    self.Environment = EnvironmentModule.createEnvironment(manifest) as typeof self.Environment;
    return Promise.resolve();
  },
};
