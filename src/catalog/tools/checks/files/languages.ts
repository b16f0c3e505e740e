import type { LanguageFile } from '../../languages.ts';

/** Names of products and services that are the same in every language. */
const NAMES = [
  '21Vianet',
  'Active Directory',
  'Application Insights',
  'Azure Government',
  'Azure Local',
  'Azure Policy',
  'Azure Resource Manager',
  'Azure Site Recovery',
  'Azure Stack HCI',
  'Azure Storage',
  'Azure Traffic Manager',
  'Azure US Government',
  'Azure Virtual Desktop',
  'Defender Antivirus',
  'DigiCert',
  'GlobalSign',
  'Kubernetes',
  'Log Analytics',
  'Microsoft Defender Vulnerability Management',
  'Microsoft Entra',
  'Microsoft Graph',
  'NetBIOS',
  'Python',
  'SQL Server',
  'Service Bus',
  'Solution Builder Extension',
  'Windows Admin Center',
  'Windows Update',
  'WinHTTP',
  'WinRM',
];

/** A host or URL with its path, or a name with a dot in it. */
const HOSTS = /(?:https?:\/\/|(?:\*\.)?[a-z][\w-]*(?:\.[a-z][\w-]*)+(?:\/[a-z]+)*)/gi;
const NUMBERS = /\d+(?:\.\d+)*/g;
/** A command of PowerShell. */
const COMMANDS = /\b[A-Z][a-z]+-(?:[A-Z][a-z]*){2,}/g;
const ABBREVIATIONS = /\b[A-Z]{2,}\w*/g;

/** What a translation changed that stays in every language, as `CHECK: what, how to mend it`. */
export function checkLanguage({ texts }: LanguageFile): readonly string[] {
  const seen = new Set<string>();
  return Object.values(texts).flatMap(group =>
    Object.entries(group).flatMap(([english, other]) => {
      const twice = seen.has(english);
      seen.add(english);
      return [
        ...(twice ? [`no-duplicates: ${quoted(english)} stands twice: keep one.`] : []),
        ...changed(english, other).map(
          what => `same-names: the translation of ${quoted(english)} changes ${what}: write it as there.`,
        ),
      ];
    }),
  );
}

function changed(english: string, other: string): readonly string[] {
  const both = (pattern: RegExp): readonly string[] => {
    const [before, after] = [found(english, pattern), found(other, pattern)];
    return [...before.filter(each => !after.includes(each)), ...after.filter(each => !before.includes(each))];
  };
  const kept = [...found(english, COMMANDS), ...found(english, ABBREVIATIONS), ...namesIn(english)];
  return [...new Set([...both(HOSTS), ...both(NUMBERS), ...kept.filter(each => !other.includes(each))])];
}

function found(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([match]) => match).sort();
}

function namesIn(text: string): readonly string[] {
  return NAMES.filter(name => text.includes(name));
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
