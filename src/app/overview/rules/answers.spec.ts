import { stringsOf } from '../../../../test/jest/strings';
import type { CapabilityState } from '../../reachability/finding/capabilities';
import { say } from '../../reachability/finding/say';
import { makeText } from '../../ui/words/make-text';
import { type Answer, answersOf, type Coming } from './answers';

function answerTo(state: Partial<CapabilityState>, coming?: Coming): Answer | undefined {
  const whole: CapabilityState = {
    ...{
      id: 'update',
      state: 'not-proven',
      endpoints: 9,
      about: 0,
      limiting: 0,
      sampled: 0,
      nodes: [],
      untold: [],
    },
    counts: { reachable: 5, failed: 0, notProven: 0, notTested: 0 },
    checkedAt: '2026-11-26T07:00:00.000Z',
    ...state,
  };
  return answersOf([whole], 4, coming)[0];
}

function sentences(state: Partial<CapabilityState>): readonly string[] {
  const answer = answerTo(state);
  return ['', 'de-DE'].map(language =>
    answer === undefined ? '' : say(answer.sentence, makeText(stringsOf(language))),
  );
}

const some = { reachable: 5, failed: 0, notProven: 4, notTested: 0 };

describe('The answer to what a cluster can do', () => {
  it.each<[Partial<CapabilityState>, string, string]>([
    [
      { state: 'not-checked', checkedAt: undefined, nodes: ['node1'] } as unknown as Partial<CapabilityState>,
      'Not tested in this check',
      'In dieser Prüfung nicht getestet',
    ],
    [
      { state: 'not-checked', checkedAt: undefined } as unknown as Partial<CapabilityState>,
      'Not checked yet',
      'Noch nicht geprüft',
    ],
    [
      { state: 'no', about: 3, limiting: 1, nodes: ['node3'] },
      'No: 3 endpoints, node3 only; 1 more that stops a part of it',
      'Nein: 3 Endpunkte, nur node3; 1 weiterer, der einen Teil verhindert',
    ],
    [
      { state: 'no', about: 1, nodes: ['node3'] },
      'No: 1 endpoint, node3 only',
      'Nein: 1 Endpunkt, nur node3',
    ],
    [
      { state: 'no', about: 1, nodes: ['node3'], untold: ['node4'] },
      'No: 1 endpoint, node3 only; not tested from node4',
      'Nein: 1 Endpunkt, nur node3; nicht getestet von node4',
    ],
    [
      { state: 'limited', about: 2, nodes: ['node3'], untold: ['a', 'b', 'c', 'd'] },
      'In part: 2 endpoints fail, node3 only; not tested from 4 nodes',
      'Teilweise: 2 Endpunkte schlagen fehl, nur node3; nicht getestet von 4 Knoten',
    ],
    [{ state: 'yes' }, 'Yes, from all nodes', 'Ja, von allen Knoten'],
    [
      { sampled: 1 },
      'Not proven: 1 wildcard sampled',
      'Nicht bewiesen: 1 Wildcard nur mit Beispielen versucht',
    ],
    [
      { sampled: 3 },
      'Not proven: 3 wildcards sampled',
      'Nicht bewiesen: 3 Wildcards nur mit Beispielen versucht',
    ],
    [
      { counts: some, about: 1 },
      'Not proven: 1 endpoint that cannot be proven',
      'Nicht bewiesen: 1 Endpunkt, der sich nicht beweisen lässt',
    ],
    [
      { counts: some, about: 2, sampled: 1 },
      'Not proven: 2 endpoints that cannot be proven, and 1 wildcard sampled',
      'Nicht bewiesen: 2 Endpunkte, die sich nicht beweisen lassen, und 1 Wildcard nur mit Beispielen versucht',
    ],
    [
      { counts: some, about: 1, sampled: 3 },
      'Not proven: 1 endpoint that cannot be proven, and 3 wildcards sampled',
      'Nicht bewiesen: 1 Endpunkt, der sich nicht beweisen lässt, und 3 Wildcards nur mit Beispielen versucht',
    ],
  ])('says of %j: %s', (state, english, german) => {
    expect(sentences(state)).toEqual([english, german]);
  });

  it('leads to what was not tested, where a check tested nothing of it', () => {
    const nothing: Partial<CapabilityState> = { state: 'not-checked', nodes: ['node1'] };
    const never = { checkedAt: undefined } as unknown as Partial<CapabilityState>;
    expect(answerTo({ ...nothing, ...never })?.next).toBe('untested');
    expect(answerTo({ ...nothing, ...never }, 'overview.reading')?.next).toBeUndefined();
    expect(answerTo({ ...nothing, ...never, nodes: [] })?.next).toBeUndefined();
  });
});
