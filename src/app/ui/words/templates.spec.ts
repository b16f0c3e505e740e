import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ASTWithSource,
  Interpolation,
  parseTemplate,
  type TmplAstBoundText,
  type TmplAstElement,
  TmplAstRecursiveVisitor,
  type TmplAstText,
  tmplAstVisitAll,
} from '@angular/compiler';

const APP = join(process.cwd(), 'src/app');
/** What a screen reader or a tip says. */
const SPOKEN = new Set([
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'title',
  'placeholder',
  'alt',
]);

/** Templates by where they stand. */
function templates(): readonly (readonly [string, string])[] {
  return readdirSync(APP, { recursive: true, encoding: 'utf8' }).flatMap(name => {
    if (!/\.(html|ts)$/.test(name) || name.endsWith('.spec.ts')) return [];
    const text = readFileSync(join(APP, name), 'utf8');
    if (name.endsWith('.html')) return [[name, text] as const];
    return [...text.matchAll(/\btemplate:\s*(?:`((?:[^`\\]|\\.)*)`|'((?:[^'\\]|\\.)*)')/g)].map(
      ([, long, short]) => [name, long ?? short ?? ''] as const,
    );
  });
}

class Words extends TmplAstRecursiveVisitor {
  readonly found: string[] = [];

  override visitText(text: TmplAstText): void {
    this.look(text.value);
  }

  override visitBoundText({ value }: TmplAstBoundText): void {
    const { ast } = value as Partial<ASTWithSource>;
    if (ast instanceof Interpolation) for (const between of ast.strings) this.look(between);
  }

  override visitElement(element: TmplAstElement): void {
    for (const { name, value } of element.attributes) if (SPOKEN.has(name)) this.look(value);
    super.visitElement(element);
  }

  /** Two letters make a word; signs and units between values do not. */
  private look(text: string): void {
    if (/\p{L}{2}/u.test(text)) this.found.push(text.trim());
  }
}

function wordsIn(template: string, name = 'a template'): readonly string[] {
  const { nodes, errors } = parseTemplate(template, name);
  expect(errors ?? []).toEqual([]);
  const words = new Words();
  tmplAstVisitAll(words, nodes);
  return words.found;
}

it('are searched for text, tips and what stands beside values', () => {
  const template = '@if (x) {<p title="Tip">Hard {{ x }} coded</p>} <b>{{ x }}: ✓</b>';
  expect(wordsIn(template)).toEqual(['Tip', 'Hard', 'coded']);
});

it('have no words of their own: those stand in the strings', () => {
  const all = templates();
  expect(all.length).toBeGreaterThan(50);
  const hardCoded = all.flatMap(([name, template]) => {
    return wordsIn(template, name).map(word => `${name}: ${word}`);
  });
  expect(hardCoded).toEqual([]);
});
