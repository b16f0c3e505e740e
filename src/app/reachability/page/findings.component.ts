import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  linkedSignal,
  signal,
} from '@angular/core';
import { NgTemplateOutlet } from '@angular/common';
import { spokenAfter } from '../../ui/words/spoken';
import { TEXT } from '../../ui/words/text';
import { CLIPBOARD } from '../../wac/platform';
import type { Evidence, Finding } from '../finding/finding';
import { requestText } from '../finding/request-text';
import { say } from '../finding/say';
import type { RunState } from '../run/run';

/** What explains the failures of a run: each with its owner, what to do, what was seen, and a request to copy. */
@Component({
  selector: 'oc-findings',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [NgTemplateOutlet],
  templateUrl: './findings.component.html',
  styleUrl: './findings.component.css',
})
export class FindingsComponent {
  protected readonly t = inject(TEXT);
  private readonly clipboard = inject(CLIPBOARD);

  readonly run = input.required<RunState>();
  readonly findings = input.required<readonly Finding[]>();

  /** Spoken and shown after a copy. */
  protected readonly said = linkedSignal({ source: this.findings, computation: () => '' });
  /** The finding whose request the browser did not let be copied: its text is shown instead. */
  protected readonly shown = signal<string | undefined>(undefined);

  protected readonly items = computed(() =>
    this.findings().map(finding => ({
      finding,
      id: finding.id,
      title: say(finding.title, this.t),
      next: say(finding.next, this.t),
      owner: this.t(`reachability.owner.${finding.owner}`),
      blocks: finding.scope.blocks.map(id => this.t(`allowlist.blocks.${id}`)).join(', '),
      evidence: finding.evidence.map(each => this.evidenceLine(each)),
      context: finding.context.map(each => say(each, this.t)),
    })),
  );

  protected readonly failures = computed(() => this.items().filter(({ finding }) => finding.kind !== 'slow'));
  /** What answers slowly is no failure, so that it stands apart from them, closed. */
  protected readonly slow = computed(() => this.items().filter(({ finding }) => finding.kind === 'slow'));

  protected textOf(finding: Finding): string {
    return requestText(finding, this.run(), this.t);
  }

  protected async copy(finding: Finding): Promise<void> {
    const done = await this.clipboard.copy(this.textOf(finding));
    this.shown.set(done ? undefined : finding.id);
    const sentence = this.t(done ? 'finding.copied' : 'finding.copyFailed');
    this.said.update(before => spokenAfter(before, sentence));
  }

  private evidenceLine({ sentence, cells }: Evidence): string {
    const entries = [...new Set(cells.map(({ entry }) => entry))];
    const nodes = [...new Set(cells.map(({ node }) => node))];
    const doors =
      entries.length <= MAX_NAMED
        ? entries.map(entry => entry.replace(/\/[a-z]+$/, '')).join(', ')
        : this.t('finding.endpoints.many', entries.length);
    return this.t('finding.evidence.line', say(sentence, this.t), doors, nodes.join(', '));
  }
}

/** More endpoints are counted: the request has them all. */
const MAX_NAMED = 5;
