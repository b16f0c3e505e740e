import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { EXAMPLES, example } from '../../scripts/examples.ts';
import { loadFormats } from './format-code.ts';

const code = await loadFormats();

describe('docs/examples', () => {
  it('has a file of every format', () => {
    assert.deepEqual(
      Object.keys(EXAMPLES).sort(),
      ['csv', 'json', 'check-script', ...Object.keys(code.FORMATS)].sort(),
    );
  });

  for (const [format, file] of Object.entries(EXAMPLES))
    it(`${file} is what the command line writes today; if not, run npm run examples`, () => {
      const written = example(format as keyof typeof EXAMPLES);
      assert.ok(written.equals(readFileSync(`docs/examples/${file}`)));
    });
});
