import { effect, inject, Injectable, signal } from '@angular/core';
import { TEXT } from '../../ui/words/text';
import { HOST } from '../../wac/host';
import { KEEP_SAFE } from '../../wac/platform';
import type { OwnRulesImport } from '../rules/imported';
import { keepOwnRules, readKeptOwnRules } from '../rules/kept-own-rules';
import { type OwnRule, type OwnRuleDraft, type OwnRuleEntry, readOwnRule } from '../rules/own-rule';

/** The administrator's own rules for this cluster. Survive leaving the tool, not the browser tab. */
@Injectable({ providedIn: 'root' })
export class OwnRulesStore {
  private readonly t = inject(TEXT);
  private readonly keepSafe = inject(KEEP_SAFE);
  private readonly key = `own-rules:${inject(HOST).connection.name}`;
  private readonly rulesSignal = signal(readKeptOwnRules(this.keepSafe.read(this.key) ?? ''));

  readonly rules = this.rulesSignal.asReadonly();

  constructor() {
    effect(() => {
      const rules = this.rules();
      this.keepSafe.write(this.key, rules.length === 0 ? undefined : keepOwnRules(rules));
    });
  }

  /** Reads a draft as it would be saved: as a new rule, or in place of the one at `index`. */
  read(draft: OwnRuleDraft, index?: number): OwnRuleEntry {
    return readOwnRule(
      draft,
      this.rules().filter((_, each) => each !== index),
    );
  }

  /** Saves nothing unless the draft is a rule. */
  save(draft: OwnRuleDraft, index?: number): OwnRuleEntry {
    const entry = this.read(draft, index);
    if (entry.ok)
      this.rulesSignal.update(rules =>
        index === undefined ? [...rules, entry.rule] : rules.with(index, entry.rule),
      );
    return entry;
  }

  remove(index: number): void {
    this.rulesSignal.update(rules => rules.toSpliced(index, 1));
  }

  /** Adds the good rows of a table to what is there. What reads tables is loaded now. */
  async import(text: string): Promise<OwnRulesImport> {
    const { importOwnRules } = await import('../rules/import-own-rules');
    const result = importOwnRules(text, this.rules(), this.t);
    if (result.ok && result.rules.length > 0) this.rulesSignal.update(rules => [...rules, ...result.rules]);
    return result;
  }

  /** Puts back what {@link rules} was before a change. */
  restore(rules: readonly OwnRule[]): void {
    this.rulesSignal.set(rules);
  }
}
