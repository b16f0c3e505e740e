import type { Node } from '../../cluster/cluster';
import type { Text } from '../../ui/words/text';
import type { ChosenPackage } from './change/proxy-package.component';
import type { Confirmation } from './confirm-dialog.component';

type Question = Omit<Confirmation, 'act'>;

/** @param proxy `host:port` through which the gallery is asked; '' for the node's own way */
export function installQuestion(t: Text, node: Node, proxy: string): Question {
  const through = proxy === '' ? '' : ` -Proxy http://${proxy}`;
  return {
    heading: t('proxy.confirm.install.heading', node.name),
    lead: t('proxy.confirm.install.lead'),
    nodes: [node],
    command: `Install-Module -Name WinInetProxy -RequiredVersion 0.1.0 -Repository PSGallery -Scope AllUsers -Force${through}`,
    notes: proxy === '' ? [] : [t('proxy.confirm.install.through', proxy)],
    confirm: t('proxy.confirm.install.button'),
  };
}

/** @param names of the nodes, as people read them */
export function packageQuestion(
  t: Text,
  { fileName, sha512 }: ChosenPackage,
  nodes: readonly Node[],
  names: string,
): Question {
  return {
    heading: t('proxy.confirm.package.heading', names),
    lead: t('proxy.confirm.package.lead', fileName),
    nodes,
    notes: sha512 === '' ? [] : [t('proxy.confirm.package.hash', sha512)],
    confirm: t('proxy.confirm.install.button'),
  };
}
