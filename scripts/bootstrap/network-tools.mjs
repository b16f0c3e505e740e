import { canInstallDebianPackages, installDebianPackages } from './debian.mjs';
import { say, which } from './shared.mjs';

const PROGRAMS = [
  { program: 'ip', package: 'iproute2' },
  { program: 'nft', package: 'nftables' },
  // The nodes measure with it.
  { program: 'curl', package: 'curl' },
];

/** The simulated network needs `ip` and `nft`. Without them the emulator goes on with this computer's own network and says so. */
export const networkTools = {
  isThere: env => process.platform !== 'linux' || missing(env).length === 0,

  async bring(env) {
    const names = missing(env).join(' and ');
    if (canInstallDebianPackages(env)) {
      say(`Installing ${names} for the simulated network …`);
      if (await installDebianPackages(missing(env), env)) return;
    }
    say(
      `The simulated network needs ${names}: install them to have it; going on with the computer's own network.`,
    );
  },
};

function missing(env) {
  const search = { ...env, PATH: `${env.PATH}:/usr/sbin:/sbin` };
  return PROGRAMS.filter(({ program }) => !which(program, search)).map(each => each.package);
}
