/**
 * Whether a row of a table is open at all, by the columns that say how far its request has come. A word that is not known
 * is not taken for a yes.
 *
 * @param headings plain: lower case, letters only; undefined: a column that says nothing of it
 * @param today ISO 8601 date, by which rows run out
 * @returns of the cells of a row, whether one of them says no, not yet, or what is not known
 */
export function heldBackBy(
  headings: readonly (string | undefined)[],
  today: string,
): (cell: (index: number) => string) => boolean {
  const checks = headings.map(heading => checkOf(heading, today));
  return cell => checks.some((isHeld, index) => isHeld(cell(index).trim()));
}

type Check = (text: string) => boolean;

function checkOf(heading: string | undefined, today: string): Check {
  if (heading === undefined) return () => false;
  if (/status$|state$|^(?:enabled?|active|aktiv|aktiviert|zustand)$/.test(heading))
    return text => text !== '' && !YES.test(text);
  if (
    /^(?:is)?(?:approved|approval|granted|implemented|freigegeben|freigabe|genehmigt|genehmigung|umgesetzt)$/.test(
      heading,
    )
  )
    return text => !YES.test(text);
  if (
    /^(?:is)?(?:disabled|inactive|rejected|revoked|expired|deaktiviert|inaktiv|abgelehnt|abgelaufen|gesperrt)$/.test(
      heading,
    )
  )
    return text => text !== '' && !NO.test(text);
  if (
    /^(?:valid(?:until|to)|expires?(?:on|at)?|expiry(?:date)?|expiration(?:date)?|enddate|gltigbis|ablaufdatum)$/.test(
      heading,
    )
  )
    return text => !isUnlimited(text) && !(dayOf(text) >= today);
  if (/^(?:validfrom|startdate|gltigab)$/.test(heading))
    return text => text !== '' && !(dayOf(text) <= today);
  if (/^(?:comments?|remarks?|notes?|kommentar|bemerkung(?:en)?|anmerkung(?:en)?)$/.test(heading))
    return text => NOT_YET_WITHIN.test(text);
  return text => NOT_YET.test(text) || /^~~.*~~$/.test(text);
}

const YES =
  /^(?:y|yes|true|1|on|ok|okay|enabled?|active|activated|approved|granted|accepted|allow(?:ed)?|permit(?:ted)?|implemented|deployed|configured|in place|live|done|completed?|ja|j|wahr|ein|aktiv|aktiviert|freigegeben|freigeschaltet|genehmigt|umgesetzt|erledigt|erlaubt|zugelassen|✓|✔\uFE0F?|✅|☑\uFE0F?)$/iu;
const NO = /^(?:n|no|false|0|off|never|none|nein|falsch|aus|nie|keine?|-|–|—|✗|✘|❌)$/iu;

/** For what is not open, or not any more. */
const REFUSED =
  'rejected|declined|refused|not approved|unapproved|not implemented|pending|expired|revoked|withdrawn|abgelehnt|nicht freigegeben|nicht genehmigt|nicht umgesetzt|ausstehend|abgelaufen|widerrufen|zurückgezogen';
/** Whatever the column is called. In a remark the last ones are about how the rule came to be. */
const NOT_YET = new RegExp(`^(?:${REFUSED}|planned|requested|proposed|geplant|beantragt)$`, 'iu');
const NOT_YET_WITHIN = new RegExp(`(?<!\\p{L})(?:${REFUSED})(?!\\p{L})`, 'iu');

function isUnlimited(text: string): boolean {
  return /^(?:|-|–|—|never|none|unlimited|permanent|indefinite|n\/a|nie|unbegrenzt|unbefristet|dauerhaft)$/i.test(
    text,
  );
}

/** Of `2027-01-31`, with or without a time, or `31.01.2027`, as ISO 8601; NaN, which no day is before or after, of all others. */
function dayOf(text: string): string | number {
  const [, iso] = /^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$/.exec(text) ?? [];
  if (iso !== undefined) return iso;
  const [, day = '', month = '', year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? [];
  return year === undefined ? Number.NaN : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
