import type { RpcDialogData } from '@microsoft/windows-admin-center-sdk/core/rpc/dialog/rpc-dialog-model';
import type { RpcReportData } from '@microsoft/windows-admin-center-sdk/core/rpc/report/rpc-report-model';
import type { RpcBaseData } from '@microsoft/windows-admin-center-sdk/core/rpc/rpc-base';
import { RpcObservableServer } from '@microsoft/windows-admin-center-sdk/core/rpc/rpc-observable-server';
import {
  type RpcSettings,
  RpcSettingsOperationType,
  RpcSettingsProviderType,
  type RpcSettingsResult,
} from '@microsoft/windows-admin-center-sdk/core/rpc/settings/rpc-settings-model';
import { firstValueFrom, type Observable, of } from 'rxjs';
import { Questions } from './question.ts';
import type { ShellServices } from './shell-services.ts';

/** Commands that a tool sends and the SDK has no shell side for; every one must be answered within 10 s. */
export function answerCommands(services: ShellServices, onReport: (report: RpcReportData) => void): void {
  const { rpc } = services;
  const questions = new Questions();
  const on = (command: string, answer: (data: RpcBaseData) => unknown): void => {
    rpc.registerInboundHandler(command, data => Promise.resolve(answer(data)));
  };
  on('Report', data => {
    onReport(data as RpcReportData);
  });
  on('Dialog', data => questions.answer(data as RpcDialogData));
  on('Settings', data => settings(services, data as RpcSettings));
  on('ShellNavigate', () => ({ status: true }));
  for (const command of ACKNOWLEDGED) on(command, () => undefined);
  for (const [command, version] of OBSERVED) {
    new RpcObservableServer(rpc, command, version).register(() => of({}));
  }
}

/** Answered with nothing: what they would start (Azure, elevation, other extensions) is not emulated. */
const ACKNOWLEDGED: readonly string[] = [
  'Alive',
  'AzureRequest',
  'CredSspRequest',
  'ElectronRequest',
  'ExtensionBrokerRequest',
  'Failed',
  'OverlayOpen',
  'SmeExtensionRequest',
  'UpdateData',
];

/** Commands with an answer of their own, and their versions. */
const OBSERVED: readonly (readonly [string, string])[] = [
  ['AliveObservable', '0.1.0'],
  ['PerformanceObservable', '0.2.0'],
  ['ElevateObservable', '0.1.0'],
  ['CopilotObservable', '0.0.1'],
];

/** Settings are kept by the gateway, an extension's own apart from the common ones. */
async function settings(services: ShellServices, data: RpcSettings): Promise<RpcSettingsResult> {
  const owner = data.provider === RpcSettingsProviderType.Extension ? (data.sourceName ?? '') : 'common';
  const url = `settings/${data.scope}/${encodeURIComponent(owner)}`;
  const call: Observable<unknown> =
    data.operation === RpcSettingsOperationType.Set
      ? services.gateway.put(url, JSON.stringify(data.value))
      : services.gateway.get(url);
  const kept = await firstValueFrom(call);
  return data.operation === RpcSettingsOperationType.Set
    ? {}
    : { data: kept as NonNullable<RpcSettingsResult['data']> };
}
