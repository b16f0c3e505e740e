import { type Check, usedRules } from '../edition.ts';

/** Exports write a scheme where the document does; so the data has to agree with what is written. */
export const schemes: Check = {
  name: 'schemes',
  find: edition =>
    usedRules(edition).flatMap(({ feature, use, rule }) => {
      const written = use.origins
        .filter(({ source }) => source === 'document' || edition.regions !== undefined)
        .map(each => each.asWritten.url);
      const has = (url: string): boolean => url.includes('://');
      // A rule of several lists has one where all of them write it.
      const scheme = edition.regions === undefined ? written.some(has) : written.every(has);
      const where = `feature "${feature.id}", rule "${rule.id}"`;
      if (written.length > 0 && scheme !== (use.scheme ?? rule.scheme))
        return [
          `${where}: the document ${scheme ? 'writes a' : 'writes no'} scheme there: set "scheme" to ${scheme}.`,
        ];
      const wrong = written.find(
        url => url.includes('://') && !url.toLowerCase().startsWith(`${rule.protocol}://`),
      );
      return wrong === undefined
        ? []
        : [`${where}: "${wrong}" is not ${rule.protocol}: mend the protocol or the origin.`];
    }),
};
