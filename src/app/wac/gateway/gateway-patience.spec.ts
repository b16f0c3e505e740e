import { defer, of, throwError } from 'rxjs';
import { isPassing, patiently } from './gateway-patience';

/** Fails as often as said, then answers; counts how often it was asked. */
function failing(times: number, failure: unknown) {
  const asked = { count: 0 };
  const request = defer(() => {
    asked.count += 1;
    return asked.count <= times ? throwError(() => failure) : of('answer');
  });
  return { asked, request };
}

describe('A gateway that is away for a moment', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it.each([
    [{ status: 0 }, true],
    [{ status: 503, response: null }, true],
    [{ status: 504, response: { error: { code: 'WinRMConnection' } } }, false],
    [{ status: 400, response: null }, false],
    [{ status: 403, response: null }, false],
    [new Error('x'), false],
    [undefined, false],
  ])('is told from what it says of a node: %j', (failure, passing) => {
    expect(isPassing(failure)).toBe(passing);
  });

  it('is asked again until it answers', () => {
    const { asked, request } = failing(3, { status: 503, response: null });
    const seen: string[] = [];
    request.pipe(patiently()).subscribe(answer => seen.push(answer));
    jest.advanceTimersByTime(5000);
    expect(seen).toEqual(['answer']);
    expect(asked.count).toBe(4);
  });

  it('is given up after half a minute', () => {
    const { asked, request } = failing(Infinity, { status: 0 });
    let failed: unknown;
    request.pipe(patiently()).subscribe({ error: (error: unknown) => (failed = error) });
    jest.advanceTimersByTime(60_000);
    expect(failed).toEqual({ status: 0 });
    expect(asked.count).toBe(9);
  });

  it.each([
    ['its own words', { status: 504, response: { error: {} } }, (): boolean => true],
    ['what must not be done twice', { status: 503 }, (): boolean => false],
  ])('is not asked again after %s', (_: string, failure: unknown, mayRepeat: () => boolean) => {
    const { asked, request } = failing(Infinity, failure);
    request.pipe(patiently(mayRepeat)).subscribe({ error: () => undefined });
    jest.advanceTimersByTime(60_000);
    expect(asked.count).toBe(1);
  });
});
