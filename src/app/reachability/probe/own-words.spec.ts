import { saidOf, UNTIMED, UNTOLD } from './own-words';

describe("The tool's own remarks on a step", () => {
  it("are told apart from the node's words, which stay as they are", () => {
    expect(saidOf({ detail: '198.51.100.7' })).toEqual({ words: '198.51.100.7' });
    expect(saidOf({ detail: '' })).toEqual({ words: '' });
    expect(saidOf({ detail: UNTOLD })).toEqual({ words: '', remark: 'untold' });
    expect(saidOf({ detail: UNTIMED })).toEqual({ words: '', remark: 'untimed' });
    expect(saidOf({ detail: `198.51.100.7; ${UNTIMED}` })).toEqual({
      words: '198.51.100.7',
      remark: 'untimed',
    });
  });
});
