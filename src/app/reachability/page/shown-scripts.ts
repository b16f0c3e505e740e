import { computed, inject, Injectable } from '@angular/core';
import type { ShownScript } from '../../ui/panes/script-panel.component';
import { TEXT } from '../../ui/words/text';
import { limitsFor } from '../run/checks/node-check';
import { probeCommands, timeCommand } from '../run/checks/probe-call';
import { CheckOptions, ENDPOINTS_AT_ONCE, TIMEOUT_SECONDS } from '../state/check-options.store';
import { NextCheck } from '../state/next-check.store';

/** What a check runs on each node, as it would run now. */
@Injectable()
export class ShownScripts {
  private readonly t = inject(TEXT);
  private readonly next = inject(NextCheck);
  private readonly options = inject(CheckOptions);

  readonly all = computed((): readonly ShownScript[] => {
    const timeoutMs = this.options.timeoutMs() ?? TIMEOUT_SECONDS.usual * 1000;
    const all = this.next.plan()?.targets ?? [];
    const targets = all.filter(({ protocol }) => protocol !== 'udp');
    const times = all.filter(({ protocol }) => protocol === 'udp');
    const direct = { server: '', bypass: [] };
    const concurrent = this.options.endpointsAtOnce() ?? ENDPOINTS_AT_ONCE.usual;
    const limits = limitsFor(targets, { timeoutMs, concurrent });
    const { byCurl, interpreted } = probeCommands(targets, direct, limits, this.options.way());
    return [
      {
        lead: this.t('reachability.script.proxy'),
        command: { name: 'Get-ProxySetting', parameters: { Routes: true } },
      },
      { lead: this.t('reachability.script.detect'), command: { name: 'Find-ProxyScript' } },
      {
        lead: this.t('reachability.script.pac'),
        command: { name: 'Get-ProxyScript', parameters: { Address: 'http://wpad/proxy.pac' } },
      },
      {
        lead: this.t('reachability.script.sent'),
        command: {
          name: 'Resolve-EndpointProxy',
          parameters: {
            Endpoints: targets.map(({ id, host, port, protocol }) => ({ id, host, port, protocol })),
          },
        },
      },
      { lead: this.t('reachability.script.curl'), command: byCurl },
      ...(times.length === 0
        ? []
        : [{ lead: this.t('reachability.script.time'), command: timeCommand(times, limits) }]),
      {
        lead: this.t('reachability.script.names'),
        command: {
          name: 'Resolve-EndpointName',
          parameters: { Names: [...new Set(targets.map(({ host }) => host))] },
        },
      },
      ...interpreted.map(command => ({ lead: this.t('reachability.script.test'), command })),
    ];
  });
}
