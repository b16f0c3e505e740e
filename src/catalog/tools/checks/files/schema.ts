import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';

/** Checks an edition against its schema; gives a sentence for each mistake. */
export function schemaProblems(edition: unknown, schemaPath: string): readonly string[] {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
  addFormats(ajv);
  // Lists, hosts and manifests are made of the same parts as editions and what blocks.
  for (const name of ['edition.schema.json', 'blocks.schema.json']) {
    const shared = join(dirname(schemaPath), name);
    if (schemaPath !== shared) ajv.addSchema(read(shared), name);
  }
  const validate = ajv.compile(read(schemaPath));
  return validate(edition) ? [] : [...new Set((validate.errors ?? []).map(sentence))];
}

function read(path: string): object {
  return JSON.parse(readFileSync(path, 'utf8')) as object;
}

function sentence({ instancePath, keyword, message, params }: ErrorObject): string {
  const where = instancePath === '' ? 'the file' : instancePath.slice(1).replaceAll('/', '.');
  if (keyword === 'additionalProperties')
    return `${where} has the unknown key "${String(params['additionalProperty'])}": remove it or mend its name.`;
  if (keyword === 'enum')
    return `${where} must be one of ${(params['allowedValues'] as unknown[]).join(', ')}.`;
  return `${where} ${message ?? 'does not fit the schema'}.`;
}
