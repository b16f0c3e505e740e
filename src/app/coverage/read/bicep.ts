import type { Value } from './azure-rules';
import { isSign, type Token, tokensOf } from './tokens';

const BICEP = { comment: /\/\/[^\n]*|#[^\n]*/, quote: "'", interpolation: /\$\{/ } as const;

/** Every object and array of a Bicep file as plain values; expressions are left as texts that begin like one. */
export function readBicep(source: string): Value {
  const tokens = tokensOf(source, BICEP);
  const found: Value[] = [];
  let at = 0;
  while (at < tokens.length) {
    if (isSign(tokens[at], '{') || isSign(tokens[at], '[')) found.push(value());
    else at += 1;
  }
  return found;

  function value(): Value {
    const token = tokens[at];
    if (isSign(token, '{')) return object();
    if (isSign(token, '[')) return array();
    at += 1;
    if (token === undefined) return [];
    if (token.kind === 'text') return { text: token.text, line: token.line };
    if (token.kind === 'word' && /^\d+$/.test(token.text))
      return rest() ? Number(token.text) : expression(token);
    rest();
    return expression(token);
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
    while (at < tokens.length && !isSign(tokens[at], ']')) {
      if (tokens[at]?.kind === 'newline' || isSign(tokens[at], ',')) at += 1;
      else items.push(value());
    }
    at += 1;
    return items;
  }
}

function expression({ text, line }: Token): Value {
  return { text: `\${${text}}`, line };
}
