import { type Check, type Edition, type Origin, type Rule, usedRules } from '../edition.ts';
import { addressesIn, readAddress } from '../../import/cells/address.ts';
import { readPorts } from '../../import/cells/read-ports.ts';
import { hostsNamed, portsNamed } from '../hosts/written.ts';

/** What the document says of a rule, place by place; of an edition by region every list is one. */
function inDocument(edition: Edition, rule: Rule): readonly Origin['asWritten'][] {
  return usedRules(edition)
    .filter(each => each.rule.id === rule.id)
    .flatMap(({ use }) =>
      use.origins.filter(({ source }) => source === 'document' || edition.regions !== undefined),
    )
    .map(origin => origin.asWritten);
}

/** The fields that a correction has to name. */
function differences(edition: Edition, rule: Rule): Set<string> {
  const found = new Set<string>();
  const isRegional = edition.regions !== undefined;
  for (const { url, port } of inDocument(edition, rule)) {
    const hosts = isRegional ? addressesIn(url).map(hostOf) : hostsNamed(url);
    const ports = isRegional ? (readPorts(port ?? '') ?? []).map(each => each.port) : portsNamed(port ?? '');
    if (
      !hosts.includes(rule.host) &&
      !hosts.includes(rule.placeholder?.host ?? rule.host) &&
      !namesDomain(url, rule)
    )
      found.add('host');
    if (port !== undefined && !ports.includes(rule.port)) found.add('port');
  }
  return found;
}

/** As the importer of lists by region reads it. */
function hostOf(written: string): string {
  const address = readAddress(written);
  return typeof address === 'string' ? written : address.host;
}

/** `portal.fqdn`, where the rule has a placeholder for the domain: the document has a word for it. */
function namesDomain(url: string, { placeholder }: Rule): boolean {
  const [service = '', domain] = (placeholder?.host ?? '').split('[');
  return domain !== undefined && service !== '' && url === `${service}fqdn`;
}

/** Whether a correction of this field says something: a path that is left out may be explained and need not be. */
function changes(edition: Edition, rule: Rule, field: string): boolean {
  const written = inDocument(edition, rule);
  if (field === 'added') return written.length === 0;
  if (field === 'listed') return true;
  if (field === 'port') return differences(edition, rule).has('port');
  return written.some(({ url }) => url.replace(/^https?:\/\//, '').replace(/\/$/, '') !== rule.host);
}

export const corrections: Check = {
  name: 'corrections',
  find: edition =>
    edition.rules.flatMap(rule => {
      const different = differences(edition, rule);
      const field = rule.correction?.field;
      // A cloud that the document leaves out shows as another host; one that is only in its text shows as none.
      const explained = field === 'cloud' ? 'host' : field;
      const problems = [...different]
        .filter(each => each !== explained)
        .map(
          each =>
            `rule "${rule.id}": its ${each} is not what the document says: add a correction with field "${each}".`,
        );
      if (field === 'added' && !changes(edition, rule, field))
        problems.push(
          `rule "${rule.id}": the document has it, so it is not "added": remove the correction, or mend "origins".`,
        );
      else if (field !== undefined && !changes(edition, rule, field))
        problems.push(
          `rule "${rule.id}": the correction of "${field}" changes nothing: remove it, or mend "asWritten".`,
        );
      if (rule.correction && /^[A-Z]|\.$/.test(rule.correction.reason))
        problems.push(
          `rule "${rule.id}": the reason continues a sentence after "because": begin in lower case, end without a full stop.`,
        );
      if (rule.correction?.source === 'document' && field !== 'listed')
        problems.push(`rule "${rule.id}": the document cannot prove its own mistake: cite another source.`);
      return problems;
    }),
};
