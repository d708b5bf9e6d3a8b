import { checkDocument } from '@tributary/contracts';
import type { CompiledStep } from './bundle.js';
import { MappingValueError } from './errors.js';

/** Value of a document field; decimals and dates are text. */
export type FieldValue = string | boolean | bigint;

/**
 * The fields of one document. A field whose expression gives null is left out: the document says nothing about it.
 * @throws {MappingValueError} when a value is not of its field's type, is longer than the field, or a required one is missing.
 *         Nothing is ever cut silently: mappings say truncate().
 */
export function documentFields(
  step: CompiledStep,
  context: Readonly<Record<string, unknown>>,
  postingKey: string,
): Record<string, FieldValue> {
  const given = step.fields
    .map(([name, evaluate]) => [name, evaluate(context)] as const)
    .filter(([, value]) => value !== null && value !== undefined);
  const fields = Object.fromEntries(given) as Record<string, FieldValue>;
  const referenced = step.references.map((reference) => reference.field);
  // An upsert may tell a part of a document that is there already.
  const problem = checkDocument(step.shape, fields, referenced).find(
    ({ code }) => !(code === 'missing' && step.protocol === 'versioned-upsert'),
  );
  if (!problem) return fields;
  // The text of the problem tells kinds and lengths, never the value: it may be personal data (I8).
  throw new MappingValueError(`filling ${step.kind} ${postingKey} by mapping ${step.mapping}: ${problem.text}`, {
    postingKey,
    field: problem.field,
    mapping: step.mapping,
    problem: problem.code,
  });
}
