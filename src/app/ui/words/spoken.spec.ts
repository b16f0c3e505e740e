import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { speaking, spokenAfter } from './spoken';

describe('Spoken sentences', () => {
  it('differ from the one before, also where they say the same, and look alike', () => {
    const said = ['Copied.', 'Copied.', 'Copied.', 'Saved.'].reduce<string[]>(
      (all, sentence) => [...all, spokenAfter(all.at(-1) ?? '', sentence)],
      [],
    );
    for (const [place, sentence] of said.entries()) expect(sentence).not.toBe(said[place - 1]);
    expect(said.map(sentence => sentence.trim())).toEqual(['Copied.', 'Copied.', 'Copied.', 'Saved.']);
    expect(spokenAfter('', '')).toBe('');
  });

  it('are those that come while the page is there, from every source', () => {
    const [run, watch] = [signal('Check finished.'), signal('')];
    const spoken = TestBed.runInInjectionContext(() => speaking(run, watch));
    TestBed.tick();
    expect(spoken()).toBe('');
    watch.set('2 failures are tried again.');
    TestBed.tick();
    expect(spoken()).toBe('2 failures are tried again.');
    run.set('Check started.');
    TestBed.tick();
    expect(spoken()).toBe('Check started.');
  });
});
