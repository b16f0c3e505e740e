import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import markdownIt from 'markdown-it';
import { micromark } from 'micromark';
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table';
import { findDotnet } from '../../emulator/nodes/dotnet.ts';
import { validatorAssembly } from '../../scripts/lib/suites/engines.ts';
import {
  allLists,
  AWKWARD_ROWS,
  type FirewallRow,
  type FormatCode,
  loadFormats,
  optionsFor,
  row,
  textFile,
} from './format-code.ts';

const HOSTILE = [
  '=1+1',
  '+cmd|calc',
  '@SUM(A1)',
  '<script>alert(1)</script>',
  '" onmouseover="x',
  '*.a.example, azgn*.b.example',
  '`code` | bar \\ [link](https://evil.example) ![x](y) _em_ ~~s~~ &amp; <b>',
  'two\r\nlines\u2028three',
  '\u0000\u0007control \uD800 half',
  'see www.evil.example or ask a@evil.example, http://evil.example and //evil.example',
  '1. - [ ] x',
  '- - x',
  '\u202Egpj.exe\u202C a\u200Bb\uFEFF \uFFFF',
  '_x0041_ _x000D_ _X0041_',
  'x'.repeat(40_000),
];
const HOSTILE_ROWS = HOSTILE.map((text, index) =>
  row(`host${index}.example.com`, { purposes: [text], features: [text], risk: text, sources: [text] }),
);

/** A request: with who asks, and why. */
const REQUEST = {
  title: HOSTILE.join(' '),
  facts: HOSTILE,
  reasons: new Map(HOSTILE.map((text, index) => [`host${index}.example.com:443/https`, text])),
};

describe('files for people', () => {
  let code: FormatCode;
  let newest: readonly FirewallRow[];
  before(async () => {
    code = await loadFormats();
    newest =
      allLists(code).find(({ name }) => name.includes('2026-07') && name.endsWith('eastus'))?.rows ?? [];
    assert.ok(newest.length > 50);
  });

  const expectedDoors = (rows: readonly FirewallRow[]) =>
    rows.map(each => [each.host, String(each.port), each.protocol]);

  describe('Markdown', () => {
    const readers: Readonly<Record<string, (text: string) => string>> = {
      'markdown-it': text => markdownIt({ html: true, linkify: true }).render(text),
      micromark: text =>
        micromark(text, {
          allowDangerousHtml: true,
          extensions: [gfmTable()],
          htmlExtensions: [gfmTableHtml()],
        }),
    };
    for (const [name, render] of Object.entries(readers)) {
      it(`comes back out of ${name} to the letter`, () => {
        for (const rows of [newest, AWKWARD_ROWS]) {
          const cells = tableOf(render(textFile(code, 'markdown', rows).content));
          assert.deepEqual(
            cells.slice(1).map(record => record.slice(0, 3)),
            expectedDoors(rows),
          );
        }
      });

      it(`keeps hostile text as text in ${name}`, () => {
        const html = render(textFile(code, 'markdown', HOSTILE_ROWS, REQUEST).content);
        assert.doesNotMatch(html, /<(script|b|a|img|em|del|ol|li>\s*<ul)\b/);
        assert.doesNotMatch(html, /[\u200b\u202a-\u202e\ufeff]/);
        const cells = tableOf(html).slice(1);
        assert.equal(cells.length, HOSTILE_ROWS.length);
        for (const record of cells) assert.equal(record.length, cells[0]?.length);
        assert.deepEqual([cells[5]?.[6], cells[5]?.[9]], [HOSTILE[5], HOSTILE[5]]);
      });
    }
  });

  describe('HTML', () => {
    it('holds every row, no script and nothing from elsewhere', () => {
      const { content } = textFile(code, 'html', newest);
      assert.deepEqual(
        tableOf(content)
          .slice(1)
          .map(record => record.slice(0, 3)),
        expectedDoors(newest),
      );
      assert.doesNotMatch(content, /<script|<link|<img|src=|url\(|href=/i);
    });

    it('keeps hostile text as text', () => {
      const { content } = textFile(code, 'html', HOSTILE_ROWS, REQUEST);
      assert.doesNotMatch(content, /<script|<b>|onmouseover="/);
      assert.equal(tableOf(content).slice(1)[3]?.[6], HOSTILE[3]);
    });
  });

  describe('Excel', () => {
    interface Report {
      readonly errors: readonly string[];
      readonly sheets: Readonly<
        Record<string, readonly (readonly { readonly type: string; readonly text: string }[])[]>
      >;
    }

    /** What Microsoft's own validator says of a workbook, and what it reads out of it. */
    function inspect(content: Uint8Array): Report {
      assert.ok(
        existsSync(validatorAssembly),
        'The Open XML validator is needed: npm test builds it with the .NET SDK.',
      );
      const folder = mkdtempSync(join(tmpdir(), 'xlsx-'));
      try {
        const file = join(folder, 'allowlist.xlsx');
        writeFileSync(file, content);
        return JSON.parse(
          execFileSync(findDotnet(), [validatorAssembly, file], { encoding: 'utf8' }),
        ) as Report;
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }

    function workbook(rows: readonly FirewallRow[], request?: typeof REQUEST): Uint8Array {
      const file = code.FORMATS['xlsx']?.(rows, optionsFor(code, request));
      assert.ok(file && typeof file.content !== 'string');
      return file.content;
    }

    it('is valid and holds every row, ports as numbers', () => {
      const { errors, sheets } = inspect(workbook(newest));
      assert.deepEqual(errors, []);
      const records = sheets['Allowlist'] ?? [];
      assert.deepEqual(
        records.slice(1).map(record => record.slice(0, 3).map(({ text }) => text)),
        expectedDoors(newest),
      );
      assert.deepEqual([...new Set(records.slice(1).map(record => record[1]?.type))], ['n']);
    });

    it('keeps hostile text as text: no formula, no lost cell', () => {
      const { errors, sheets } = inspect(workbook(HOSTILE_ROWS, REQUEST));
      assert.deepEqual(errors, []);
      const records = (sheets['Allowlist'] ?? []).slice(1);
      assert.deepEqual([...new Set(records.flat().map(({ type }) => type))].sort(), ['inlineStr', 'n']);
      assert.deepEqual([records[0]?.[6]?.text, records[0]?.[9]?.text], ['=1+1', '=1+1']);
      assert.equal(records[3]?.[6]?.text, HOSTILE[3]);
    });

    it('is the same file for the same list', () => {
      assert.deepEqual(workbook(AWKWARD_ROWS), workbook(AWKWARD_ROWS));
    });
  });
});

/** The cells of the first table of a page, as a reader sees them. */
function tableOf(html: string): readonly (readonly string[])[] {
  const table = /<table>([\s\S]*?)<\/table>/.exec(html)?.[1] ?? '';
  return [...table.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, cells = '']) =>
    [...cells.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell = '']) => plain(cell)),
  );
}

function plain(html: string): string {
  return html
    .replace(/<\/?code>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
}
