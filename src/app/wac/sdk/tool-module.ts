/** What the SDK's core asks of a manifest's description. */
interface Manifest {
  readonly name?: string | undefined;
  version?: string | undefined;
  origin?: string;
  configuration?: { readonly gateway: { readonly disabled: boolean } };
}

let extensionOrigins: ReadonlySet<string> = new Set();

/**
 * In the place of the SDK's environment-modules.js (`fileReplacements` in angular.json): 15 kB, nearly all of them for the shell,
 * which puts the tools of all extensions together. A tool has its own name, version and origin, and reads what the shell told of
 * the gateway; tool-module.spec.ts holds it to the SDK's answers.
 */
export const EnvironmentModule = {
  nameOfShell: 'msft.sme.shell',
  defaultSignature: 'version 0.0.0',

  createEnvironment(manifest: Manifest): Manifest {
    manifest.origin = MsftSme.getSafeOrigin();
    extensionOrigins = new Set([manifest.origin]);
    manifest.version ??= Date.now().toString();
    manifest.configuration = { gateway: { disabled: false } };
    MsftSme.self().Resources.moduleAssets = {};
    return manifest;
  },

  isExtensionOrigin: (origin: string): boolean => extensionOrigins.has(origin),

  getModuleName: (): string => MsftSme.self().Init.moduleName ?? '',

  getModuleVersion: (): string => MsftSme.self().Environment.version ?? '0.0.0',

  get isGatewayV200(): boolean {
    return MsftSme.self().Init.gatewayApiVersion === '2.0.0';
  },
};
