/**
 * Gives every property name in a value the first letters that the gateway's JSON writer gives them
 * (.NET's camel-case policy): `Name` → `name`, `FQDN` → `fqdn`, `IPAddress` → `ipAddress`.
 */
export function camelCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCased);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [camelCaseName(name), camelCased(inner)]),
  );
}

/** A leading run of capitals goes down as a whole, save the last one when a small letter follows it. */
export function camelCaseName(name: string): string {
  if (!isUpper(name[0])) return name;
  let end = 1;
  while (end < name.length && isUpper(name[end])) {
    const next = name[end + 1];
    if (next !== undefined && !isUpper(next)) {
      if (next === ' ') end += 1;
      break;
    }
    end += 1;
  }
  return name.slice(0, end).toLowerCase() + name.slice(end);
}

function isUpper(letter: string | undefined): boolean {
  return letter !== undefined && letter !== letter.toLowerCase();
}
