import type { DocumentRef } from '@tributary/contracts';
import { MappingEvaluationError } from '../errors.js';
import type { AssetFunction, Text } from './asset-function.js';
import { isNothing } from './is-nothing.js';

const isReference = Symbol('field reference');

/**
 * A field value that is an attribute of another document, filled in immediately before posting. A plain object, because CEL accepts no
 * class instances.
 */
export interface FieldReference {
  readonly document: DocumentRef;
  /** Attribute of the document's reference in the target, for example its number. */
  readonly attribute: string;
  readonly [isReference]: true;
}

const referenceTo = (document: unknown, attribute: unknown): FieldReference => ({
  document: document as DocumentRef,
  attribute: attribute as string,
  [isReference]: true,
});

/** Whether the value of an expression is a {@link FieldReference}. */
export function isFieldReference(value: unknown): value is FieldReference {
  return typeof value === 'object' && value !== null && isReference in value;
}

/** Asset functions for references between documents, and for the steps of a flow. */
export const documentFunctions: readonly AssetFunction[] = [
  {
    name: 'document',
    signatures: ['document(string, string): DocumentRef', 'document(string, string, string): DocumentRef'],
    description: 'A document by its kind and the id of its source, and its part where one source has several; null without an id.',
    handler: () => (document, sourceId, part) =>
      isNothing(sourceId) ? null : { document, sourceId, part: (part as Text | undefined) ?? null },
  },
  {
    name: 'step',
    signatures: ['step(string): DocumentRef'],
    description: 'The document of an earlier step; null when that step did not run.',
    handler: (scope) => (name) => scope.run.steps.get(name as string) ?? null,
  },
  {
    name: 'ran',
    signatures: ['ran(string): bool'],
    description: 'Whether an earlier step asked for its document.',
    handler: (scope) => (name) => scope.run.steps.has(name as string),
  },
  {
    name: 'ref',
    signatures: ['ref(DocumentRef, string): Reference'],
    description:
      "A field that holds an attribute of another document (its number, say), filled in just before posting. It is the field's whole expression.",
    handler: () => (document, attribute) => {
      if (!isNothing(document)) return referenceTo(document, attribute);
      throw new MappingEvaluationError(
        `referring to ${String(attribute)}: there is no document that it could be of; use refOrNull() where it may be missing`,
      );
    },
  },
  {
    name: 'refOrNull',
    signatures: ['refOrNull(DocumentRef, string): Reference'],
    description: 'As ref(); null, so that the field is left out, when there is no such document.',
    handler: () => (document, attribute) => (isNothing(document) ? null : referenceTo(document, attribute)),
  },
  {
    name: 'can',
    signatures: ['can(string): bool'],
    description:
      'Whether the target has a mapping for a kind of document (`application`, `journal.bank-transfer`), or its profile names that capability.',
    handler: (scope) => (name) => scope.capabilities.has(name as string),
  },
  {
    name: 'answer',
    signatures: ['answer(string): string'],
    description: 'What a person answered to a question of this flow, by its code; null when it was not asked.',
    handler: (scope) => (code) => scope.run.answers.get(code as string) ?? null,
  },
];
