import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';

/** Checks an edition against its schema; gives a sentence for each mistake. */
export function schemaProblems(edition: unknown, schemaPath: string): readonly string[] {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(schemaPath, 'utf8')) as object);
  return validate(edition) ? [] : [...new Set((validate.errors ?? []).map(sentence))];
}

function sentence({ instancePath, keyword, message, params }: ErrorObject): string {
  const where = instancePath === '' ? 'the file' : instancePath.slice(1).replaceAll('/', '.');
  if (keyword === 'additionalProperties')
    return `${where} has the unknown key "${String(params['additionalProperty'])}": remove it or mend its name.`;
  if (keyword === 'enum')
    return `${where} must be one of ${(params['allowedValues'] as unknown[]).join(', ')}.`;
  return `${where} ${message ?? 'does not fit the schema'}.`;
}
