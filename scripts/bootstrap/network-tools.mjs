import { canInstallDebianPackages, installDebianPackages, say, which } from './shared.mjs';

/** The simulated network needs `ip` and `nft`. Without them the emulator goes on with this computer's own network and says so. */
export async function ensureNetworkTools(env) {
  if (process.platform !== 'linux') return;
  const search = { ...env, PATH: `${env.PATH}:/usr/sbin:/sbin` };
  const missing = [
    ...(which('ip', search) ? [] : ['iproute2']),
    ...(which('nft', search) ? [] : ['nftables']),
  ];
  if (missing.length === 0) return;
  if (canInstallDebianPackages(env)) {
    say(`Installing ${missing.join(' and ')} for the simulated network …`);
    if (await installDebianPackages(missing, env)) return;
  }
  say(
    `The simulated network needs ${missing.join(' and ')}: install them to have it; going on with the computer's own network.`,
  );
}
