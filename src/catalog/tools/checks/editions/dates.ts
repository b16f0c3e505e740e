import { type Check, type Edition } from '../edition.ts';

/** An edition is as old as its newest list, whatever the lists print, and tells of nothing later. */
export const dates: Check = {
  name: 'dates',
  find: edition => {
    const { published, printedDate } = edition;
    if (published === undefined) return [];
    return [
      ...printedProblems(published, printedDate),
      ...datesOf(edition, listsOf(edition))
        .filter(({ date }) => date > published)
        .map(
          ({ source, date }) =>
            `"published" is ${published}, and the list "${source}" is of ${date}: write the date of the newest list.`,
        ),
      ...datesOf(
        edition,
        (edition.changes ?? []).map(change => change.source),
      )
        .filter(({ date }) => date > published)
        .map(
          ({ source, date }) =>
            `the change "${source}" is of ${date}, after ${published}: leave it to a later edition.`,
        ),
    ];
  },
};

function printedProblems(published: string, printed: string | undefined): readonly string[] {
  if (printed === published)
    return [`"printedDate" says what "published" says: leave it out, it is for another date.`];
  if (printed !== undefined && printed > published)
    return [`"printedDate" ${printed} is after "published" ${published}: mend the one that is wrong.`];
  return [];
}

/** Sources that an edition by region is made of; other editions also cite later texts, for corrections. */
function listsOf({ regions = [], features }: Edition): readonly string[] {
  if (regions.length === 0) return [];
  return features
    .flatMap(feature => feature.uses ?? [])
    .flatMap(use => use.origins.map(({ source }) => source));
}

function datesOf({ sources }: Edition, names: readonly string[]): { source: string; date: string }[] {
  return [...new Set(names)].flatMap(source => {
    const date = sources[source]?.date;
    return date === undefined ? [] : [{ source, date }];
  });
}
