/** One attribute of a certificate's name. */
export interface NameAttribute {
  /** Upper case, for example `CN`; of a type without a name its numbers, for example `2.5.4.97`. */
  readonly type: string;
  readonly value: string;
}

/**
 * Reads a distinguished name as .NET writes it: `CN=Name, O="Name, Inc.", C=US`. A value with special characters
 * stands in double quotes, in which a double quote is doubled. A text that is not such a name gives undefined, so that
 * a crafted value is never read as an attribute of its own.
 */
export function parseDistinguishedName(text: string): readonly NameAttribute[] | undefined {
  const attributes: NameAttribute[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const match =
      /^([A-Za-z][A-Za-z0-9.-]*|\d+(?:\.\d+)+)=(?:"((?:[^"]|"")*)"|([^",+=]*))\s*(?:[,+]\s*|$)/.exec(rest);
    if (match === null) return undefined;
    const [whole, type = '', quoted, plain = ''] = match;
    attributes.push({
      type: type.toUpperCase().replace(/^OID\./, ''),
      value: quoted?.replaceAll('""', '"') ?? plain.trim(),
    });
    rest = rest.slice(whole.length);
  }
  return attributes;
}

/** The name to show for a subject: its common name, else its organization, else all of it. */
export function displayName(subject: string): string {
  const attributes = parseDistinguishedName(subject) ?? [];
  const find = (type: string): string | undefined => attributes.find(item => item.type === type)?.value;
  return find('CN') ?? find('O') ?? subject;
}
