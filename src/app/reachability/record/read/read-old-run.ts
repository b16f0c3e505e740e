import { duration, type Fields, isNothing, list, oneOf, record, text, wholeList } from '../../probe/reading';
import { PROXY_NOTICES, type RunState } from '../../run/run';
import { moment, requestOf } from './read-list';
import { nodeReport, probeResult } from './read-result';
import { causeOrUnclear, runOfResults } from './run-of-results';

/** The name by which files said who wrote them before they had a format. */
const TOOL = 'Outbound connectivity';

/**
 * A run as it was exported before files had a format and a version: results, and of each node less. What was asked
 * follows from the results.
 */
export function oldRun(fields: Fields): RunState {
  oneOf(record(fields['tool'])['name'], [TOOL]);
  const results = wholeList(fields['results']).map(each => probeResult(record(each), causeOrUnclear));
  const edition = record(fields['edition']);
  return runOfResults(results, {
    request: requestOf({ ...fields, edition: { ...edition, name: text(edition['name']) } }),
    startedAt: moment(fields['startedAt']),
    ...(isNothing(fields['endedAt']) ? {} : { endedAt: moment(fields['endedAt']) }),
    status: oneOf<RunState['status']>(fields['status'], ['running', 'finished', 'cancelled', 'interrupted']),
    nodes: wholeList(fields['nodes']).map(each => {
      const node = record(each);
      return nodeReport({
        ...node,
        check: 'done',
        // Words for what a check does not follow came and went.
        notices: list(node['notices']).filter(notice => PROXY_NOTICES.some(known => known === notice)),
        unreadableReports: isNothing(node['unreadableReports']) ? 0 : duration(node['unreadableReports']),
      });
    }),
  });
}
