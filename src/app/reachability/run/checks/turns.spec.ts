import { EMPTY, NEVER, of, Subject, throwError } from 'rxjs';
import { turns } from './turns';

describe('Works that take turns', () => {
  it('begin one after the other, in the order in which they were wanted', () => {
    const turn = turns();
    const seen: string[] = [];
    const first = new Subject<string>();
    turn(first).subscribe(text => seen.push(text));
    turn(of('second')).subscribe(text => seen.push(text));
    turn(of('third')).subscribe(text => seen.push(text));
    first.next('first');
    expect(seen).toEqual(['first']);
    first.complete();
    expect(seen).toEqual(['first', 'second', 'third']);
  });

  it.each([
    ['has nothing', EMPTY],
    ['fails', throwError(() => new Error('no'))],
  ])('go on where one %s', (_, work) => {
    const turn = turns();
    const seen: string[] = [];
    turn(work).subscribe({ error: () => undefined });
    turn(of('next')).subscribe(text => seen.push(text));
    expect(seen).toEqual(['next']);
  });

  it('go on where one is given up', () => {
    const turn = turns();
    const seen: string[] = [];
    const given = turn(NEVER).subscribe();
    turn(of('next')).subscribe(text => seen.push(text));
    given.unsubscribe();
    expect(seen).toEqual(['next']);
  });
});
