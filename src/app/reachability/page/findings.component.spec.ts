import { TestBed } from '@angular/core/testing';
import { endedAt, observed } from '../../../../test/jest/observations';
import { runOf } from '../../../../test/jest/runs';
import { englishStrings } from '../../../../test/jest/strings';
import { makeText } from '../../ui/words/make-text';
import { TEXT } from '../../ui/words/text';
import { CLIPBOARD } from '../../wac/platform';
import { findingsOf } from '../finding/findings';
import { FindingsComponent } from './findings.component';

const slowly = observed().phases.map(step => ({ ...step, ms: step.phase === 'name' ? 3000 : 5 }));

async function shown(isBroken: boolean): Promise<HTMLElement> {
  TestBed.configureTestingModule({
    providers: [
      { provide: TEXT, useValue: makeText(englishStrings()) },
      { provide: CLIPBOARD, useValue: { copy: () => Promise.resolve(true) } },
    ],
  });
  const run = runOf(['node1', 'node2'], ['a.example:443', 'b.example:443'], (_, { host }) =>
    host === 'b.example'
      ? { phases: slowly }
      : isBroken
        ? endedAt({ phase: 'connect', outcome: 'timeout' })
        : {},
  );
  const fixture = TestBed.createComponent(FindingsComponent);
  fixture.componentRef.setInput('run', run);
  fixture.componentRef.setInput('findings', findingsOf(run, []));
  await fixture.whenStable();
  return fixture.nativeElement as HTMLElement;
}

describe('The findings on the page', () => {
  it.each([true, false])('keep what is slow apart from what failed: failed %s', async isBroken => {
    const page = await shown(isBroken);
    const headings = [...page.querySelectorAll('h3')].map(each => each.textContent);
    expect(headings).toEqual(
      isBroken ? ['The network does not let a.example:443 through on all nodes.'] : [],
    );
    expect(page.textContent.includes('Nothing that was tested failed.')).toBe(!isBroken);
    const notice = page.querySelector(':scope > details');
    expect(notice?.querySelector('summary')?.textContent.trim()).toBe('1 finding about slow answers');
    expect(notice?.textContent).toContain(
      'b.example:443 answered, but only after up to 3 seconds on all nodes',
    );
    expect(notice?.querySelector('button')?.getAttribute('aria-label')).toMatch(/^Copy request: b\.example/);
  });
});
