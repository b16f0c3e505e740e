import type { ShownScript } from '../../ui/panes/script-panel.component';
import type { Text } from '../../ui/words/make-text';

/** What runs on the nodes from this tab. A change's own values stand in its preview, with the commands of each node. */
export function shownProxyScripts(t: Text): readonly ShownScript[] {
  return [
    { lead: t('proxy.script.read'), command: { name: 'Get-ProxySetting', parameters: { Layers: true } } },
    { lead: t('proxy.script.set'), command: { name: 'Set-ProxySetting' } },
    { lead: t('proxy.script.remove'), command: { name: 'Remove-ProxySetting' } },
    { lead: t('proxy.script.restore'), command: { name: 'Restore-ProxySetting' } },
    { lead: t('proxy.script.close'), command: { name: 'Close-ProxyChange' } },
    { lead: t('proxy.script.install'), command: { name: 'Install-WinInetProxyModule' } },
    { lead: t('proxy.script.file'), command: { name: 'Add-WinInetProxyFile' } },
  ];
}
