import { TestBed } from '@angular/core/testing';
import axe from 'axe-core';
import { OWN_RULES_KEY, OwnRulesPart } from '../../../../test/jest/own-rules-harness';
import { rowsOf } from '../../allowlist/list/allowlist';
import { AllowlistStore } from '../../allowlist/state/allowlist.store';
import { SelectionStore } from '../../allowlist/state/selection.store';
import { keepOwnRules } from '../rules/kept-own-rules';
import type { OwnRule } from '../rules/own-rule';

jest.setTimeout(30_000);

const WSUS: OwnRule = {
  host: 'wsus.contoso.com',
  port: 8531,
  protocol: 'https',
  requirement: 'required',
  purpose: 'Updates.',
};
const HOSTILE: OwnRule = {
  ...WSUS,
  host: 'hostile.contoso.com',
  purpose: `<img src=x onerror="document.title='owned'">{{constructor}}\u202E"'=1+1`,
};
const HEADER = 'Host,Port,Protocol,Requirement,Purpose';

beforeAll(() => {
  // jsdom has no dialogs that open; these do what the tests need of the standard's.
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function (this: HTMLDialogElement) {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  };
});

function listed(): string[] {
  return rowsOf(TestBed.inject(AllowlistStore).everything() ?? fail('no list')).map(row => row.host);
}

describe('own rules', () => {
  it('says plainly that there are none', async () => {
    const part = await new OwnRulesPart().open();
    expect(part.text).toContain('There are no own rules yet.');
    expect(part.element.querySelector('table')).toBeNull();
    expect(listed()).toEqual(['login.example']);
  });

  it('adds a rule to the allowlist, keeps it, and gives the focus back', async () => {
    const part = await new OwnRulesPart().open();
    await part.press('Add own rule');
    expect(part.dialog.open).toBe(true);
    expect(document.activeElement).toBe(part.field('host'));
    await part.fill({ host: 'WSUS.contoso.com', port: '8531', purpose: 'Updates.' });
    await part.press('Save rule');
    expect(part.dialog.open).toBe(false);
    expect(document.activeElement).toBe(part.button('Add own rule'));
    expect(part.status).toBe('Saved the rule for wsus.contoso.com:8531.');
    expect(part.hosts).toEqual(['wsus.contoso.com']);
    expect(listed()).toEqual(['login.example', 'wsus.contoso.com']);
    const again = new OwnRulesPart();
    again.kept.set(OWN_RULES_KEY, part.kept.get(OWN_RULES_KEY) ?? '');
    expect((await again.open()).hosts).toEqual(['wsus.contoso.com']);
  });

  it('copies the rule that was clicked or reached last, and says where none was', async () => {
    const part = await new OwnRulesPart([WSUS, HOSTILE]).open();
    await part.press('Copy the row');
    expect(part.copied).toEqual([]);
    expect(part.text).toContain('Choose a rule first: click it, or go to one of its buttons.');
    const [, second] = part.element.querySelectorAll<HTMLElement>('tbody [role=row]');
    second?.click();
    await part.press('Copy the row');
    expect(part.copied[0]).toMatch(/^hostile\.contoso\.com\t8531\tHTTPS\tRequired\t</);
    part.element.querySelector<HTMLElement>('tbody .buttons button')?.focus();
    await part.press('Copy the row');
    expect(part.copied[1]).toBe('wsus.contoso.com\t8531\tHTTPS\tRequired\tUpdates.');
  });

  it('says at each field what is wrong, goes to the first, and saves nothing', async () => {
    const part = await new OwnRulesPart([WSUS]).open();
    await part.press('Add own rule');
    await part.fill({ host: 'https://a.contoso.com', port: '0' });
    expect(part.problem('host')).toMatch(/^Leave out what stands before/);
    expect(part.problem('purpose')).toBe('');
    await part.press('Save rule');
    expect(part.dialog.open).toBe(true);
    expect(document.activeElement).toBe(part.field('host'));
    expect(part.field('host').getAttribute('aria-invalid')).toBe('true');
    expect(part.problem('port')).toBe('Ports are whole numbers from 1 to 65535.');
    expect(part.problem('purpose')).toMatch(/^Say what the rule is for/);
    await part.fill({ host: 'wsus.contoso.com', port: '8531', purpose: 'Twice.' });
    expect(part.problem('host')).toBe('There is already a rule with this host, port and protocol.');
    await part.press('Cancel');
    expect(part.hosts).toEqual(['wsus.contoso.com']);
  });

  it('edits a rule in its place, and is no duplicate of itself', async () => {
    const part = await new OwnRulesPart([WSUS, HOSTILE]).open();
    await part.press('Edit wsus.contoso.com:8531');
    expect(part.field('port').value).toBe('8531');
    await part.fill({ purpose: 'Updates and drivers.', requirement: 'optional' });
    await part.press('Save rule');
    expect(part.hosts).toEqual(['wsus.contoso.com', 'hostile.contoso.com']);
    expect(part.text).toContain('OptionalUpdates and drivers.');
    expect(document.activeElement).toBe(part.button('Edit wsus.contoso.com:8531'));
  });

  it('sorts them as the published rules are sorted, and its buttons still mean their own row', async () => {
    const part = await new OwnRulesPart([WSUS, HOSTILE, { ...HOSTILE, host: '*.a.com', port: 80 }]).open();
    part.button('Host').click();
    await part.settle();
    expect(part.hosts).toEqual(['*.a.com', 'hostile.contoso.com', 'wsus.contoso.com']);
    expect(part.element.querySelector('[aria-sort]')?.getAttribute('aria-sort')).toBe('ascending');
    expect(TestBed.inject(SelectionStore).sorting()).toBe('host');
    await part.press('Remove *.a.com:80');
    expect(part.hosts).toEqual(['hostile.contoso.com', 'wsus.contoso.com']);
    TestBed.inject(SelectionStore).sort('-requirement');
    await part.settle();
    expect(part.hosts).toEqual(['wsus.contoso.com', 'hostile.contoso.com']);
  });

  it('removes a rule, and can undo that', async () => {
    const part = await new OwnRulesPart([WSUS, HOSTILE]).open();
    await part.press('Remove wsus.contoso.com:8531');
    expect(part.hosts).toEqual(['hostile.contoso.com']);
    expect(document.activeElement).toBe(part.button('Undo'));
    await part.press('Undo');
    expect(part.hosts).toEqual(['wsus.contoso.com', 'hostile.contoso.com']);
    await part.press('Remove wsus.contoso.com:8531');
    await part.press('Remove hostile.contoso.com:8531');
    expect(part.kept.has(OWN_RULES_KEY)).toBe(false);
  });

  it('shows hostile values as text, in the table and at the fields', async () => {
    const part = await new OwnRulesPart([HOSTILE]).open();
    expect(part.element.querySelector('img')).toBeNull();
    expect(part.element.querySelector('td bdi')?.textContent).toBe(HOSTILE.purpose);
    await part.press('Edit hostile.contoso.com:8531');
    expect(part.field('purpose').value).toBe(HOSTILE.purpose);
    await part.fill({ host: '<img src=x>' });
    expect(part.problem('host')).not.toBe('');
    expect(part.element.querySelector('img')).toBeNull();
  });

  it('shows what the filter shows, says what it hides, and belongs to every choice of features', async () => {
    const part = await new OwnRulesPart([WSUS, HOSTILE]).open();
    const selection = TestBed.inject(SelectionStore);
    selection.setFilter({ text: 'wsus' });
    selection.chooseFeatures(new Set(['base']));
    await part.settle();
    expect(part.hosts).toEqual(['wsus.contoso.com']);
    expect(part.text).toContain('Hidden by the filters: 1.');
    expect(rowsOf(TestBed.inject(AllowlistStore).chosen() ?? fail('no list'))).toHaveLength(3);
    await part.press('Remove wsus.contoso.com:8531');
    selection.clearFilter();
    await part.settle();
    expect(part.hosts).toEqual(['hostile.contoso.com']);
  });

  it('takes good rows from a file and lists the others by line, to be copied', async () => {
    const part = await new OwnRulesPart([WSUS]).open();
    await part.choose(
      'ours.csv',
      [HEADER, 'a.contoso.com,443,https,required,A', 'b/c,0,https,required,B', 'c,443', ''].join('\r\n'),
    );
    expect(part.hosts).toEqual(['wsus.contoso.com', 'a.contoso.com']);
    expect(part.status).toBe('Took 1 rule from ours.csv. Rows that were not taken: 2.');
    const lines = [...part.element.querySelectorAll('oc-import-report tbody tr')].map(row =>
      [...row.querySelectorAll('th, td')].map(cell => cell.textContent),
    );
    expect(lines).toEqual([
      [
        ...['3', 'Not taken'],
        'Leave out what follows the host name: rules know no paths. Ports are whole numbers from 1 to 65535.',
      ],
      [
        '4',
        'Not taken',
        'This row has more or fewer cells than the first row. Put a cell that has the separator in it in quotation marks.',
      ],
    ]);
    await part.press('Copy the table');
    expect(part.copied).toEqual([
      [['Line', 'What became of it', 'Why'], ...lines].map(line => `${line.join('\t')}\r\n`).join(''),
    ]);
    part.copyWorks = false;
    await part.press('Copy the table');
    expect(part.text).toContain('The browser did not allow copying.');
    expect(
      (await axe.run(part.element, { rules: { 'color-contrast': { enabled: false } } })).violations,
    ).toEqual([]);
    await part.press('Undo');
    expect(part.hosts).toEqual(['wsus.contoso.com']);
    expect(part.element.querySelector('oc-import-report')).toBeNull();
  });

  it('reports in German as it does in English', async () => {
    const part = new OwnRulesPart([WSUS]);
    part.language = 'de-DE';
    await part.open();
    await part.choose('ours.csv', [HEADER, 'b/c,0,https,required,B', 'c,443', ''].join('\r\n'));
    expect(part.element.querySelectorAll('oc-import-report tbody tr')).toHaveLength(2);
    expect(part.text).not.toMatch(/\[\w+\.|\{\d\}/);
    expect(
      (await axe.run(part.element, { rules: { 'color-contrast': { enabled: false } } })).violations,
    ).toEqual([]);
  });

  it.each<[string, string | Uint8Array<ArrayBuffer>, number | undefined, RegExp]>([
    ['foreign columns', 'Name;Port\r\na;443', undefined, /no column named Host, Protocol, Purpose\.$/],
    ['another encoding', new Uint8Array([0xff, 0xfe, 0x48, 0]), undefined, /is not UTF-8 text/],
    ['too much', HEADER, 2_000_001, /is larger than 2 MB\. Split it/],
  ])('refuses a file as a whole: %s', async (_, content, size, reason) => {
    const part = await new OwnRulesPart([WSUS]).open();
    await part.choose('<b>x</b>.csv', content, size);
    expect(part.status).toMatch(/^Took nothing from <b>x<\/b>\.csv/);
    expect(part.status).toMatch(reason);
    expect(part.element.querySelector('b')).toBeNull();
    expect(part.hosts).toEqual(['wsus.contoso.com']);
    await part.press('Close');
    expect(part.element.querySelector('.oc-notice')).toBeNull();
  });

  it('exports them alone, in the form that is imported', async () => {
    const part = await new OwnRulesPart([WSUS, HOSTILE]).open();
    await part.press('Export own rules');
    const [file] = part.saved;
    expect(file?.fileName).toBe('outbound-own-rules_hci_public_2026-11-24.csv');
    expect(file?.text).not.toContain('login.example');
    const other = await new OwnRulesPart().open();
    await other.choose('again.csv', file?.text ?? '');
    expect(other.kept.get(OWN_RULES_KEY)).toBe(keepOwnRules([WSUS, HOSTILE]));
  });

  it('ignores what others wrote under its key', async () => {
    const part = new OwnRulesPart();
    part.kept.set(OWN_RULES_KEY, '{"form":1,"rules":[{"host":"<b>"},7]}');
    expect((await part.open()).text).toContain('There are no own rules yet.');
  });
});
