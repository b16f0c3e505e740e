import { type Value, withVariables } from './azure-rules';
import { isSign, tokensOf } from './tokens';

const HCL = { comment: /#[^\n]*|\/\/[^\n]*/, quote: '"', interpolation: /[$%]\{/ } as const;

/** Every block of a Terraform file as plain values: a block's name holds all blocks of that name. */
export function readTerraform(source: string): Value {
  const tokens = tokensOf(source, HCL);
  const locals = new Map<string, Value>();
  let at = 0;
  const all: Value[] = [];
  // A brace too many ends no file.
  while (at < tokens.length) all.push(body());
  return withVariables(all, text => {
    const [, name] = /^\$\{local\.([^}\s]+)\}$/.exec(text) ?? [];
    return name === undefined ? undefined : locals.get(name);
  });

  /** Up to the closing brace, or the end. */
  function body(): Value {
    const fields: Record<string, Value> = {};
    while (at < tokens.length && !isSign(tokens[at], '}')) {
      const name = tokens[at];
      at += 1;
      if (name?.kind !== 'word') continue;
      while (tokens[at]?.kind === 'text' || tokens[at]?.kind === 'word') at += 1;
      if (isSign(tokens[at], '{')) {
        at += 1;
        const before = fields[name.text];
        const block = body();
        if (name.text === 'locals' && typeof block === 'object' && 'fields' in block)
          for (const [local, meant] of Object.entries(block.fields)) locals.set(local, meant);
        fields[name.text] = before === undefined ? [block] : [before, block];
      } else if (isSign(tokens[at], '=')) {
        at += 1;
        fields[name.text] = value();
      }
    }
    at += 1;
    return { fields };
  }

  function value(): Value {
    const token = tokens[at];
    at += 1;
    if (token === undefined) return [];
    if (isSign(token, '[')) return list();
    if (isSign(token, '{')) return body();
    if (token.kind === 'text') return { text: token.text, line: token.line };
    if (token.kind === 'word' && /^\d+$/.test(token.text)) return Number(token.text);
    const isWhole = skipExpression();
    return { text: `\${${token.text}${isWhole ? '' : ' …'}}`, line: token.line };
  }

  function list(): Value {
    const items: Value[] = [];
    while (at < tokens.length && !isSign(tokens[at], ']')) {
      if (tokens[at]?.kind === 'newline' || isSign(tokens[at], ',')) at += 1;
      else items.push(value());
    }
    at += 1;
    return items;
  }

  /** True when there was nothing. */
  function skipExpression(): boolean {
    const from = at;
    let depth = 0;
    for (; at < tokens.length; at += 1) {
      const token = tokens[at];
      if (
        depth === 0 &&
        (token?.kind === 'newline' || isSign(token, ',') || isSign(token, ']') || isSign(token, '}'))
      )
        return at === from;
      if (isSign(token, '(') || isSign(token, '[') || isSign(token, '{')) depth += 1;
      if (isSign(token, ')') || isSign(token, ']') || isSign(token, '}')) depth -= 1;
    }
    return at === from;
  }
}
