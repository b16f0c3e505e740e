import { computed, inject, Injectable, signal } from '@angular/core';
import { OwnRulesStore } from '../own-rules/own-rules.store';
import { OWN_RULES, withOwnRules } from '../own-rules/with-own-rules';
import { TEXT } from '../ui/text';
import { ASSETS } from '../wac/platform';
import { type Allowlist, makeAllowlist } from './allowlist';
import type { Edition } from './catalog';
import { choiceFor } from './choice';
import { countRules, filterAllowlist, isChosen, withFeatures } from './filter';
import { readEdition } from './read-edition';
import { SelectionStore } from './selection.store';
import { type AnswerEntry, placeholdersOf, readAnswer } from './placeholders';

export type EditionState =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly edition: Edition }
  /** `message` is technical; '' when the file came but is not an edition. */
  | { readonly status: 'failed'; readonly message: string };

/** Ships with the tool: `src/catalog/editions`, copied by the build. */
const EDITION = 'assets/catalog/2022-01.json';

/** The edition and the allowlists made from it and from the selection. */
@Injectable({ providedIn: 'root' })
export class AllowlistStore {
  private readonly assets = inject(ASSETS);
  private readonly selection = inject(SelectionStore);
  private readonly ownRules = inject(OwnRulesStore).rules;
  private readonly t = inject(TEXT);
  private readonly stateSignal = signal<EditionState>({ status: 'loading' });

  readonly state = this.stateSignal.asReadonly();
  readonly edition = computed(() => {
    const state = this.state();
    return state.status === 'ready' ? state.edition : undefined;
  });

  private readonly askedForWitness = computed(() => {
    const edition = this.edition();
    return edition && placeholdersOf(edition).get('witness-account');
  });
  /** Suffix of blob storage in the chosen cloud, for the field beside it; '' until the edition is there. */
  readonly blobSuffix = computed(() => this.askedForWitness()?.suffixes[this.selection.cloud()]?.[0] ?? '');
  /** The witness field as read for the chosen cloud. */
  readonly witness = computed<AnswerEntry>(() =>
    readAnswer('witness-account', this.selection.witness(), this.selection.cloud(), this.askedForWitness()),
  );

  /** Everything for the cloud, whatever is chosen or filtered. */
  readonly everything = computed<Allowlist | undefined>(() => {
    const edition = this.edition();
    const witness = this.witness();
    return (
      edition &&
      withOwnRules(
        makeAllowlist(
          edition,
          choiceFor(this.selection.cloud(), {
            answers: { 'witness-account': witness.ok ? witness.answer : undefined },
          }),
        ),
        this.ownRules(),
        this.t,
      )
    );
  });
  /** All that the document itself lists, and the linked features that were chosen; whatever is left out or filtered. */
  readonly whole = computed(() => {
    const everything = this.everything();
    const features = this.selection.features();
    const ids = everything?.groups
      .map(({ feature }) => feature)
      .filter(feature => feature.optIn !== true || isChosen(feature, features))
      .map(({ id }) => id);
    return everything && withFeatures(everything, new Set(ids));
  });
  /** The chosen features, and the own rules in any case: what is checked for reachability. */
  readonly chosen = computed(() => {
    const everything = this.everything();
    const features = this.selection.features();
    return everything && withFeatures(everything, features && new Set([...features, OWN_RULES]));
  });
  /** What the page shows: the chosen features, filtered. */
  readonly shown = computed(() => {
    const chosen = this.chosen();
    return chosen && filterAllowlist(chosen, this.selection.filter());
  });
  readonly counts = computed(() => {
    const shown = this.shown();
    return shown && countRules(shown);
  });

  constructor() {
    void this.load();
  }

  /** Loads the edition again after a failure. */
  async load(): Promise<void> {
    this.stateSignal.set({ status: 'loading' });
    try {
      const edition = readEdition(await this.assets.json(EDITION));
      this.stateSignal.set(edition ? { status: 'ready', edition } : { status: 'failed', message: '' });
    } catch (error) {
      this.stateSignal.set({
        status: 'failed',
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }
}
