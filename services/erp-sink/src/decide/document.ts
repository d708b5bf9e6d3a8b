import { effectProblem } from '@tributary/posting';
import { fieldOf, lineShapeOf } from '@tributary/contracts';
import { erpDocumentShapes } from '@tributary/target-registry/shapes';
import type { DocumentReference, ErpDocumentShape, PostingRequested } from '@tributary/contracts';
import type { ErpDocument, ErpReference } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import type { Answer } from '@tributary/posting';

/** Result of composing the document of a request. */
export type Composed =
  | { readonly kind: 'document'; readonly document: ErpDocument }
  /** The document is not sent. `rejected`: waiting would not change that (a reference without a value, an effect that does not balance). */
  | { readonly kind: 'answered'; readonly answer: Extract<Answer, { readonly text: string }> };

type FieldValue = string | boolean | bigint | null;
type MutableLine = { readonly table: string; readonly key: string; readonly fields: Record<string, FieldValue> };

/**
 * The document of a request, with the references of its header and its lines filled in from the documents it depends on.
 * @param references posting key -> reference of that document in the target.
 * @param known reference of an earlier state of this document.
 * @param newer a request for a newer state of the same document: its fields override those of `request`, except where they are null.
 */
export function composeDocument(
  request: PostingRequested,
  references: ReadonlyMap<string, ErpReference>,
  known: ErpReference | undefined,
  newer?: Pick<PostingRequested, 'fields' | 'references'>,
): Composed {
  const unbalanced = effectProblem(request);
  if (unbalanced) return refused(unbalanced);
  const given = Object.entries(newer?.fields ?? {}).filter(([, value]) => value !== null);
  const fields: Record<string, FieldValue> = { ...request.fields, ...Object.fromEntries(given) };
  const lines = request.lines.map(({ table, key, fields: own }): MutableLine => ({ table, key, fields: { ...own } }));
  for (const reference of [...request.references, ...(newer?.references ?? [])]) {
    if (isDispensable(request, reference, references)) continue;
    const problem = fill(request, reference, references, { fields, lines });
    if (problem) return refused(problem);
  }
  const { kind, shape, protocol, onClosedPeriod } = request;
  return {
    kind: 'document',
    document: {
      postingKey: request.postingKey as PostingKey,
      kind,
      shape,
      fields,
      lines,
      protocol: protocol as ErpDocument['protocol'],
      ...(known ? { known } : {}),
      ...(onClosedPeriod === 'hold' || onClosedPeriod === 'next-open' ? { onClosedPeriod } : {}),
    },
  };
}

/** True for a document that was not requested in time and that the request can do without: the field keeps the value of the request. */
function isDispensable(
  { needs }: PostingRequested,
  { postingKey }: DocumentReference,
  references: ReadonlyMap<string, ErpReference>,
): boolean {
  return !references.has(postingKey) && needs.some((need) => need.postingKey === postingKey && need.ifNeverAsked === 'without');
}

function refused(problem: { readonly code: string; readonly text: string }): Composed {
  return { kind: 'answered', answer: { kind: 'rejected', ...problem } };
}

/** Puts the value of one reference into its field. @returns why that is impossible; undefined on success. */
function fill(
  { postingKey: own, shape }: PostingRequested,
  { field, postingKey, attribute, table, lineKey }: DocumentReference,
  references: ReadonlyMap<string, ErpReference>,
  { fields, lines }: { readonly fields: Record<string, FieldValue>; readonly lines: readonly MutableLine[] },
): { readonly code: string; readonly text: string } | undefined {
  const line = table === null && lineKey === null ? undefined : lines.find((one) => one.table === table && one.key === lineKey);
  const place = table === null && lineKey === null ? field : `${table}[${lineKey}].${field}`;
  const row = line?.fields ?? (place === field ? fields : undefined);
  if (!row)
    return {
      code: 'posting.reference-misplaced',
      text: `posting ${own}: field ${place} should be ${attribute} of ${postingKey}, and the document has no such line; fix the mapping`,
    };
  const value = typed(shapeOf(shape, table), field, references.get(postingKey)?.[attribute]);
  if (value === undefined)
    return {
      code: 'posting.reference-missing',
      text: `posting ${own}: field ${place} should be ${attribute} of ${postingKey}, which has none that fits`,
    };
  row[field] = value;
  return undefined;
}

/**
 * Converts a reference, which is text, to the type of its field: bigint for a whole-number field, undefined if the text is no whole number.
 */
function typed(shape: ErpDocumentShape | undefined, field: string, text: string | undefined): string | bigint | undefined {
  if (text === undefined || (shape && fieldOf(shape, field)?.type) !== 'integer') return text;
  return /^-?\d+$/.test(text) ? BigInt(text) : undefined;
}

/** The shape of the row that a field belongs to: the header, or a row of a table. undefined for a document without a described shape. */
function shapeOf(name: string, table: string | null): ErpDocumentShape | undefined {
  const shape = (erpDocumentShapes as Readonly<Record<string, ErpDocumentShape>>)[name];
  return shape && table !== null ? lineShapeOf(shape, table) : shape;
}
