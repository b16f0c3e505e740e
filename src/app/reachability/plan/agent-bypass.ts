/**
 * What the Arc agent reaches past its proxy for each word of `proxy.bypass` (azure-docs,
 * articles/azure-arc/servers/manage-agent.md, "Proxy bypass for private endpoints"). Until version
 * 1.36 `Arc` stood for `ArcData` too.
 */
const PAST_PROXY: Readonly<Record<string, RegExp>> = {
  aad: /^(?:login\.windows\.net|login\.microsoftonline\.com|pas\.windows\.net)$/,
  arm: /^management\.azure\.com$/,
  arc: /(?:^|\.)(?:his\.arc|guestconfiguration)\.azure\.com$/,
  arcdata: /^(?:san-af-[^.]+-prod\.azurewebsites\.net|telemetry\.[^.]+\.arcdataservices\.com)$/,
};
/** The document names the hosts of the public cloud only. */
const OTHER_CLOUDS = /\.(?:us|cn)$/i;

/** Whether the agent goes past its proxy to a host; undefined: what is documented does not tell. */
export function goesPast(bypass: string, host: string): boolean | undefined {
  const words = bypass
    .toLowerCase()
    .split(/[\s,;[\]"']+/)
    .filter(word => word !== '');
  if (words.length === 0) return false;
  const name = host.toLowerCase();
  const isOf = (word: string): boolean => PAST_PROXY[word]?.test(name) === true;
  if (words.some(isOf)) return true;
  const isTold =
    words.every(word => Object.hasOwn(PAST_PROXY, word)) &&
    !OTHER_CLOUDS.test(name) &&
    !(words.includes('arc') && isOf('arcdata'));
  return isTold ? false : undefined;
}
