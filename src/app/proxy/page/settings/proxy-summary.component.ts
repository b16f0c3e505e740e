import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import type { ProxySetting } from '../../setting/proxy-setting';
import { TEXT } from '../../../ui/words/text';
import { TIMES } from '../../../ui/words/times';
import { isOtherInForce, ProxyStore } from '../../state/proxy.store';

/** The nodes' proxy in one line, and when it was read. */
@Component({
  selector: 'oc-proxy-summary',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <p>
      <strong>{{ sentence() }}</strong>
      @if (readAt(); as when) {
        <span class="oc-hint">{{ t('proxy.summary.read-at', when) }}</span>
      }
    </p>
  `,
  styles: `
    p {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 0 var(--spacingHorizontalM);
      margin: 0;
    }
  `,
})
export class ProxySummaryComponent {
  protected readonly t = inject(TEXT);
  private readonly store = inject(ProxyStore);
  private readonly times = inject(TIMES);

  private readonly read = computed(() =>
    this.store.rows().flatMap(({ reading }) => (reading.at === 'read' ? [reading] : [])),
  );
  protected readonly sentence = computed(() => {
    const rows = this.store.rows();
    const known = this.read().filter(({ setting }) => setting.readable);
    if (rows.some(({ reading }) => reading.at === 'loading')) return this.t('proxy.summary.reading');
    const [first] = known;
    if (first === undefined) return this.t('proxy.summary.unknown');
    if (rows.some(isOtherInForce)) return this.t('proxy.summary.differs');
    const what = this.what(first.setting);
    const missing = rows.length - known.length;
    return missing === 0 ? what : `${what} ${this.t('proxy.summary.missing', missing)}`;
  });
  private what({ machineWide, server, pacUrl, autoDetect }: ProxySetting): string {
    if (machineWide && server !== '') return this.t('proxy.summary.same', server);
    if (machineWide && pacUrl !== '') return this.t('proxy.summary.script', pacUrl);
    return this.t(machineWide && autoDetect ? 'proxy.summary.detect' : 'proxy.summary.none');
  }

  protected readonly readAt = computed(() => {
    const at = this.store.readAt();
    return at === undefined ? '' : this.times.clock(at);
  });
}
