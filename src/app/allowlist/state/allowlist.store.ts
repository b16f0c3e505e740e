import { computed, inject, Injectable, resource } from '@angular/core';
import { OwnRulesStore } from '../../own-rules/state/own-rules.store';
import { OWN_RULES, withOwnRules } from '../../own-rules/rules/with-own-rules';
import { TEXT } from '../../ui/words/text';
import { type Allowlist, makeAllowlist, rowsOf } from '../list/allowlist';
import type { Edition, PlaceholderName } from '../catalog/catalog';
import { type Answers, type Choice, choiceFor } from '../choice/choice';
import { EditionsStore } from './editions.store';
import { countRules, filterAllowlist, isChosen, withFeatures } from '../list/filter';
import { type AnswerEntry, PLACEHOLDERS, placeholdersOf, readAnswer } from '../choice/placeholders';
import type { Loaded } from './load-asset';
import { SelectionStore } from './selection.store';

/** The chosen edition and the allowlists made from it and from the selection. */
@Injectable({ providedIn: 'root' })
export class AllowlistStore {
  private readonly selection = inject(SelectionStore);
  private readonly ownRules = inject(OwnRulesStore).rules;
  private readonly t = inject(TEXT);
  private readonly editions = inject(EditionsStore);
  private readonly loaded = resource({
    params: () => this.selection.edition()?.id,
    loader: ({ params: id }) => this.editions.load(id),
  });

  /** Of the list of editions as long as that is not there, then of the chosen one. */
  readonly state = computed<Loaded<Edition>>(() => {
    const index = this.editions.state();
    if (index.status !== 'ready') return index;
    const loaded = this.loaded.isLoading() ? undefined : this.loaded.value();
    return loaded ? this.editions.translated(loaded) : { status: 'loading' };
  });
  readonly edition = computed(() => {
    const state = this.state();
    return state.status === 'ready' ? state.value : undefined;
  });

  /** What the edition says of each placeholder that it has. */
  private readonly placeholders = computed(() => {
    const edition = this.edition();
    return edition ? placeholdersOf(edition) : new Map<PlaceholderName, never>();
  });
  private readonly answers = computed<Answers>(() =>
    Object.fromEntries(
      [...this.placeholders().keys()].map(name => {
        const entry = this.answer(name);
        return [name, entry.ok ? entry.answer : undefined];
      }),
    ),
  );
  private readonly choice = computed<Choice>(() =>
    choiceFor(this.selection.cloud(), {
      region: this.selection.region()?.id,
      vendor: this.selection.vendor()?.id,
      arcGateway: this.selection.arcGateway(),
      published: this.selection.published(),
      answers: this.answers(),
    }),
  );

  /** Everything for the choice, whatever features are chosen or filtered. */
  readonly everything = computed<Allowlist | undefined>(() => {
    const edition = this.edition();
    return edition && withOwnRules(makeAllowlist(edition, this.choice()), this.ownRules(), this.t);
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

  /** The placeholders that the chosen rules have; only these are asked for. */
  readonly asked = computed<readonly PlaceholderName[]>(() => {
    const chosen = this.chosen();
    const rows = chosen ? rowsOf(chosen) : [];
    return PLACEHOLDERS.filter(name => rows.some(({ use }) => use.placeholder?.name === name));
  });
  /** Whether the edition says of any rule that Arc gateway can carry it. */
  readonly knowsArcGateway = computed(
    () => this.edition()?.features.some(({ uses }) => uses.some(use => use.arcGateway === true)) ?? false,
  );
  /** Whether the edition was published for the chosen cloud at all. */
  readonly hasCloud = computed(() => this.edition()?.clouds.includes(this.selection.cloud()) ?? true);

  /** A placeholder's field as read for the chosen cloud. */
  answer(name: PlaceholderName): AnswerEntry {
    return readAnswer(
      name,
      this.selection.answer(name),
      this.selection.cloud(),
      this.placeholders().get(name),
    );
  }

  /** The domain that follows an answer in the chosen cloud; '' where the edition names none. */
  suffix(name: PlaceholderName): string {
    return this.placeholders().get(name)?.suffixes[this.selection.cloud()]?.[0] ?? '';
  }

  /** Loads what is missing again after a failure. */
  reload(): void {
    if (this.editions.state().status === 'failed') this.editions.reload();
    else this.loaded.reload();
  }
}
