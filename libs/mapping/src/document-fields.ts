import type { CompiledStep } from './bundle.js';
import { MappingValueError } from './errors.js';
import type { DocumentField } from './language.js';

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
  const fields: Record<string, FieldValue> = {};
  for (const { name, rule, evaluate } of step.fields) {
    const value = evaluate(context);
    if (value === null || value === undefined) continue;
    const problem = problemWith(value, rule);
    if (problem) throw invalid(step, name, problem, postingKey);
    fields[name] = value as FieldValue;
  }
  const missing =
    step.protocol === 'versioned-upsert' ? undefined : step.required.find((name) => fields[name] === undefined || fields[name] === '');
  if (missing !== undefined) throw invalid(step, missing, `${step.shape} requires it and the mapping gave nothing`, postingKey);
  return fields;
}

/** What is wrong, without the value itself: it may be personal data (I8). */
function problemWith(value: unknown, rule: DocumentField): string | undefined {
  const check = checks[rule.type];
  if (!check.fits(value)) return `expected ${check.expected}, got a value of type ${typeof value}`;
  if (rule.maxLength !== undefined && typeof value === 'string' && value.length > rule.maxLength)
    return `expected at most ${rule.maxLength} characters, got ${value.length}; let the mapping say truncate(..., ${rule.maxLength})`;
  return undefined;
}

const checks: Readonly<Record<DocumentField['type'], { expected: string; fits: (value: unknown) => boolean }>> = {
  text: { expected: 'text', fits: (value) => typeof value === 'string' },
  boolean: { expected: 'true or false', fits: (value) => typeof value === 'boolean' },
  integer: { expected: 'a whole number', fits: (value) => typeof value === 'bigint' },
  decimal: { expected: 'decimal text', fits: (value) => typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) },
  date: { expected: 'a date YYYY-MM-DD', fits: (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) },
};

function invalid(step: CompiledStep, field: string, problem: string, postingKey: string): MappingValueError {
  return new MappingValueError(`filling ${step.kind} ${postingKey}: field ${field} of mapping ${step.mapping}: ${problem}`, {
    postingKey,
    field,
    mapping: step.mapping,
  });
}
