import { type Value, withVariables } from './azure-rules';
import { isSign, type Token, tokensOf } from './tokens';

const BICEP = { comment: /\/\/[^\n]*|#[^\n]*/, quote: "'", interpolation: /\$\{/ } as const;

/**
 * Every object and array of a Bicep file as plain values; expressions are left as texts that begin like one. What a file
 * makes only under a condition, or in a loop, has a field that says so.
 */
export function readBicep(source: string): Value {
  const tokens = tokensOf(source, BICEP);
  const found: Value[] = [];
  const variables = new Map<string, Value>();
  let at = 0;
  while (at < tokens.length) {
    if (isWord(at, 'var') && tokens[at + 1]?.kind === 'word' && isSign(tokens[at + 2], '=')) {
      const name = tokens[at + 1]?.text ?? '';
      at += 3;
      variables.set(name, value());
    } else if (isWord(at, 'if') && isSign(tokens[at + 1], '(')) {
      skipBrackets();
      if (isSign(tokens[at], '{')) found.push(uncertain(object()));
    } else if (isSign(tokens[at], '{') || isSign(tokens[at], '[')) found.push(value());
    else at += 1;
  }
  return withVariables(found, text => {
    const [, name] = /^\$\{([^}\s]+)\}$/.exec(text) ?? [];
    return name === undefined ? undefined : variables.get(name);
  });

  function isWord(place: number, text: string): boolean {
    const token = tokens[place];
    return token?.kind === 'word' && token.text === text;
  }

  /** Leaves a word and the brackets behind it. */
  function skipBrackets(): void {
    let depth = 0;
    for (at += 1; at < tokens.length; at += 1) {
      if (isSign(tokens[at], '(')) depth += 1;
      if (isSign(tokens[at], ')')) depth -= 1;
      if (depth === 0) break;
    }
    at += 1;
  }

  function value(): Value {
    const token = tokens[at];
    if (isSign(token, '{')) return object();
    if (isSign(token, '[')) return array();
    at += 1;
    if (token === undefined) return [];
    if (token.kind === 'text') return { text: token.text, line: token.line };
    if (token.kind === 'word' && /^\d+$/.test(token.text))
      return rest() ? Number(token.text) : expression(token, false);
    return expression(token, rest());
  }

  /** Leaves what belongs to an expression behind; true when there was nothing. */
  function rest(): boolean {
    let depth = 0;
    let isEmpty = true;
    for (; at < tokens.length; at += 1) {
      const token = tokens[at];
      if (
        depth === 0 &&
        (token?.kind === 'newline' || isSign(token, ',') || isSign(token, ']') || isSign(token, '}'))
      )
        return isEmpty;
      if (isSign(token, '(') || isSign(token, '[') || isSign(token, '{')) depth += 1;
      if (isSign(token, ')') || isSign(token, ']') || isSign(token, '}')) depth -= 1;
      isEmpty = false;
    }
    return isEmpty;
  }

  function object(): Value {
    at += 1;
    const fields: Record<string, Value> = {};
    while (at < tokens.length && !isSign(tokens[at], '}')) {
      const key = tokens[at];
      at += 1;
      if (key !== undefined && (key.kind === 'word' || key.kind === 'text') && isSign(tokens[at], ':')) {
        at += 1;
        fields[key.text] = value();
      }
    }
    at += 1;
    return { fields };
  }

  function array(): Value {
    at += 1;
    const items: Value[] = [];
    while (tokens[at]?.kind === 'newline') at += 1;
    const isLoop = isWord(at, 'for');
    if (isLoop) skipLoopHead();
    while (at < tokens.length && !isSign(tokens[at], ']')) {
      if (tokens[at]?.kind === 'newline' || isSign(tokens[at], ',')) at += 1;
      else items.push(value());
    }
    at += 1;
    return isLoop ? items.map(uncertain) : items;
  }

  /** `for x in xs:`, also with brackets around names and within what is gone through. */
  function skipLoopHead(): void {
    let depth = 0;
    for (; at < tokens.length; at += 1) {
      if (depth === 0 && isSign(tokens[at], ':')) break;
      if (['(', '[', '{'].some(sign => isSign(tokens[at], sign))) depth += 1;
      if ([')', ']', '}'].some(sign => isSign(tokens[at], sign))) depth -= 1;
      if (depth < 0) return;
    }
    at += 1;
    if (isWord(at, 'if') && isSign(tokens[at + 1], '(')) skipBrackets();
  }
}

/** Made once, several times or not at all. */
function uncertain(value: Value): Value {
  if (typeof value !== 'object') return value;
  if ('fields' in value) return { fields: { ...value.fields, condition: { text: '${…}' } } };
  return 'text' in value ? { ...value, text: `\${${value.text}}` } : value.map(uncertain);
}

/** @param isWhole whether the token is all of it */
function expression({ text, line }: Token, isWhole: boolean): Value {
  return { text: `\${${text}${isWhole ? '' : ' …'}}`, line };
}
