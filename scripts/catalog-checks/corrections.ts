import { type Check, type Edition, type Rule, usedRules } from './edition.ts';

/** What the document says differently: the fields that a correction has to name. */
function differences(edition: Edition, rule: Rule): Set<string> {
  const found = new Set<string>();
  for (const { use } of usedRules(edition).filter(each => each.rule.id === rule.id)) {
    for (const { source, asWritten } of use.origins) {
      if (source !== 'document') continue;
      const host = asWritten.url.replace(/^https?:\/\//, '').replace(/\/$/, '');
      if (host !== rule.host && host !== rule.placeholder?.host) found.add('host');
      if (asWritten.port !== undefined && asWritten.port !== String(rule.port)) found.add('port');
    }
  }
  return found;
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
      if (field !== undefined && field !== 'listed' && !different.has(explained ?? ''))
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
