import { doorName } from '../../../allowlist/catalog/door';
import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { IconComponent } from '../../../ui/icon.component';
import { TEXT } from '../../../ui/words/text';
import { needsFinding } from '../../finding/seen';
import type { ProbeResult } from '../../verdict/probe-result';
import { isFailure, isUnknown } from '../../verdict/verdicts';
import { ReachabilityStore } from '../../state/reachability.store';
import { ResultView } from '../results/result-view';

type Wanted = (result: ProbeResult) => boolean;

interface Choice {
  readonly label: string;
  readonly isWanted: Wanted;
}

/** What the plan leaves out stays out; everything else that is not known can be measured. */
const wasMissed: Wanted = result =>
  isUnknown(result.verdict) &&
  (needsFinding(result) || result.cause === 'cancelled' || result.cause === 'interrupted');

/**
 * Buttons that measure a part of the shown run again: what is missing, what failed, what the filters leave; one endpoint,
 * one feature, one node.
 */
@Component({
  selector: 'oc-run-again',
  imports: [IconComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @for (choice of choices(); track choice.label) {
      <button type="button" class="oc-command" (click)="store.repeat(choice.isWanted)">
        <oc-icon name="refresh" />{{ choice.label }}
      </button>
    }
  `,
  styles: `
    :host {
      display: contents;
    }
  `,
})
export class RunAgainComponent {
  protected readonly t = inject(TEXT);
  protected readonly store = inject(ReachabilityStore);
  private readonly view = inject(ResultView);

  /** One result: offers its endpoint and its node. Without: what is missing and what failed in the whole run. */
  readonly result = input<ProbeResult>();

  protected readonly choices = computed(() => {
    const result = this.result();
    const choices = result === undefined ? this.ofRun() : this.ofResult(result);
    return choices.filter(({ isWanted }) => this.store.countAgain(isWanted) > 0);
  });

  private ofRun(): readonly Choice[] {
    return [
      { label: this.t('reachability.again.missing'), isWanted: wasMissed },
      { label: this.t('reachability.again.failed'), isWanted: ({ verdict }) => isFailure(verdict) },
      ...this.ofShown(),
    ];
  }

  /** What filters and search leave of the results, where they leave out any. */
  private ofShown(): readonly Choice[] {
    const rows = this.view.rows();
    if (rows.length === 0 || rows.length === this.view.allRows().length) return [];
    const shown = new Set(rows.map(({ entry }) => entry.id));
    const { node } = this.view.filter();
    return [
      {
        label: this.t('reachability.again.shown', rows.length),
        isWanted: result => shown.has(doorName(result)) && (node === '' || result.node === node),
      },
    ];
  }

  private ofResult(result: ProbeResult): readonly Choice[] {
    const { node, host, port, protocol } = result;
    const facts = this.view.facts();
    const featuresOf = (of: ProbeResult): ReadonlyMap<string, string> =>
      new Map(facts.rowsOf(of).map(({ feature }) => [feature.id, feature.title]));
    return [
      {
        label: this.t('reachability.again.endpoint'),
        isWanted: other => other.host === host && other.port === port && other.protocol === protocol,
      },
      ...[...featuresOf(result)].map(([id, title]) => ({
        label: this.t('reachability.again.feature', title),
        isWanted: (other: ProbeResult) => featuresOf(other).has(id),
      })),
      { label: this.t('reachability.again.node', node), isWanted: other => other.node === node },
    ];
  }
}
