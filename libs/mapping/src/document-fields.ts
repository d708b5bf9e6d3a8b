import { checkDocument, checkLines } from '@tributary/contracts';
import type { DocumentProblem, ErpDocumentLine } from '@tributary/contracts';
import type { FieldReference } from './cel/document-functions.js';
import type { CompiledLines, CompiledMapping, CompiledStep } from './bundle.js';
import { isFieldReference } from './cel/document-functions.js';
import type { Evaluate } from './cel/evaluate.js';
import { MappingValueError } from './errors.js';

/** Value of a document field; decimals and dates are text. */
export type FieldValue = string | boolean | bigint;

/** An ERP document after mapping. */
export interface MappedDocument {
  readonly fields: Record<string, FieldValue>;
  readonly lines: readonly ErpDocumentLine[];
  /** Fields that hold an attribute of another document; `line` is undefined for a field of the header. */
  readonly references: readonly MappedReference[];
}

/** See {@link MappedDocument.references}. */
export interface MappedReference {
  readonly field: string;
  readonly reference: FieldReference;
  readonly line: { readonly table: string; readonly key: string } | undefined;
}

type Context = Readonly<Record<string, unknown>>;
const noLines: readonly ErpDocumentLine[] = [];

/**
 * Computes header and rows of one document. A field whose expression yields null is left out, so the document does not set it.
 * Values are never cut silently: a mapping has to use truncate().
 * @throws {MappingValueError} when a value has the wrong type or is longer than its field, or a required value is missing.
 */
export function mappedDocument(step: CompiledStep, form: CompiledMapping, context: Context, postingKey: string): MappedDocument {
  const references: MappedReference[] = [];
  const fields = fieldsOf(form.fields, context, references, undefined);
  const headerReferences = [...step.references, ...references].map(({ field }) => field);
  const lines = form.lines.length === 0 ? noLines : form.lines.flatMap((block) => rowsOf(block, context, references));
  const filledLater = ({ table, key }: ErpDocumentLine): string[] =>
    references.filter(({ line }) => line?.table === table && line.key === key).map(({ field }) => field);
  const problems = [
    ...checkDocument(form.shape, fields, headerReferences),
    ...(lines.length === 0 ? [] : checkLines(form.shape, lines, filledLater)),
  ];
  refuse(problems, step, form, postingKey);
  return { fields, lines, references };
}

function fieldsOf(
  compiled: readonly (readonly [name: string, Evaluate])[],
  context: Context,
  references: MappedReference[],
  line: MappedReference['line'],
): Record<string, FieldValue> {
  const fields: Record<string, FieldValue> = {};
  for (const [field, evaluate] of compiled) {
    const value = evaluate(context);
    if (isFieldReference(value)) references.push({ field, reference: value, line });
    else if (value !== null && value !== undefined) fields[field] = value as FieldValue;
  }
  return fields;
}

function rowsOf(
  { table, forEach, as, when, key, fields }: CompiledLines,
  context: Context,
  references: MappedReference[],
): ErpDocumentLine[] {
  const elements = forEach ? (forEach(context) as readonly unknown[]) : [undefined];
  return elements.flatMap((element) => {
    const own = forEach ? { ...context, [as]: element } : context;
    if (when && when(own) !== true) return [];
    const handle = String((key ? key(own) : forEach ? (element as { key?: unknown }).key : '1') ?? '');
    return [{ table, key: handle, fields: fieldsOf(fields, own, references, { table, key: handle }) }];
  });
}

function refuse(problems: readonly DocumentProblem[], step: CompiledStep, form: CompiledMapping, postingKey: string): void {
  // An upsert may contain only a part of the fields, because the document may exist already.
  const problem = problems.find(({ code }) => !(code === 'missing' && step.protocol === 'versioned-upsert'));
  if (!problem) return;
  // The text of the problem has kinds and lengths, never the value, which may be personal data (I8).
  throw new MappingValueError(`filling ${step.kind} ${postingKey} by mapping ${form.name}: ${problem.text}`, {
    postingKey,
    field: problem.field,
    mapping: form.name,
    problem: problem.code,
  });
}
