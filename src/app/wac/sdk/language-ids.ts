/** Regions by language, as the shell of Windows Admin Center offers them; the first language is the one taken for others. */
const REGIONS: Readonly<Record<string, string>> = {
  en: 'US AS AI AG AU BS BB BE BZ BM BW IO VG CM CA 029 KY CX CC CK DM ER 150 FK FJ GM GH GI GD GU GG GY HK IN IE IM JM JE KE KI LS LR MO MG MW MY MT MH MU FM MS NA NR NZ NG NU NF MP PK PW PG PH PN PR RW KN LC VC WS SC SL SG SX SB ZA SS SH SD SZ TZ TK TO TT TC TV UM VI UG GB VU 001 ZM ZW',
  cs: 'CZ',
  de: 'DE BE LI LU CH AT',
  es: 'ES AR BO CL CO CR CU EC SV US PH GT GQ HN 419 MX NI PA PY PE PR DO UY VE',
  fr: 'FR DZ BE BF BI BJ CM CA KM CG CD CI DJ GA GP GQ GN GF HT RE LU MG ML MA MQ MU MR YT MC NE NC PF RW CF BL MF PM SC CH SY SN TD TG TN VU WF',
  hu: 'HU',
  it: 'IT SM CH',
  ja: 'JP',
  ko: 'KR KP',
  nl: 'NL AW BE BQ CW SX SR',
  pl: 'PL',
  'pt-BR': 'BR',
  'pt-PT': 'PT',
  ru: 'RU BY KZ KG MD UA',
  sv: 'SE FI AX',
  tr: 'TR CY',
  'zh-CN': 'CN SG',
  'zh-TW': 'TW MO HK',
};

interface Culture {
  readonly id: string;
}

/**
 * In the place of the SDK's language.js (`fileReplacements` in angular.json): 13 kB of names of languages and regions, which only
 * the shell's settings show. localization-manager.js asks for ids.
 */
export class LanguageInventory {
  /** Of texts: the first region of each. */
  readonly neutralCultures: readonly Culture[];
  /** Of dates and numbers. */
  readonly regionalCultures: readonly Culture[];

  constructor() {
    const ids = Object.entries(REGIONS).map(([language, regions]) =>
      regions.split(' ').map(region => `${language.slice(0, 2)}-${region}`),
    );
    this.neutralCultures = ids.flatMap(([id]) => (id === undefined ? [] : [{ id }]));
    // As the SDK does: what the browser cannot write has no place among them.
    this.regionalCultures = ids
      .flat()
      .filter(id => Intl.DateTimeFormat.supportedLocalesOf(id).length === 1)
      .map(id => ({ id }));
  }
}
