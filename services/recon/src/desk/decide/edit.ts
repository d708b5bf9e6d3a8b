import type { AvroRecord, ErpFieldValue, PostingRequested } from '@tributary/contracts';
import { checkDocument, events } from '@tributary/contracts';
import { erpDocumentShapes } from '@tributary/target-registry/shapes';
import { documentDigest } from '@tributary/mapping';
import { fromEditableJson, toEditableJson } from './avro-json.js';
import type { FieldProblem } from './avro-json.js';
import { difference } from './diff.js';
import type { Difference } from './diff.js';

/** A decoded message before it is edited. */
export interface Original {
  readonly eventType: string;
  /** Schema with which the message was written; undefined for raw events, which are JSON. */
  readonly schema: AvroRecord | undefined;
  readonly value: unknown;
}

/** An accepted edit with its differences, or the fields that do not fit. */
export type CheckedEdit =
  | { readonly ok: true; readonly value: unknown; readonly differences: readonly Difference[] }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/** Fields that identify a message. A message with another value in one of them would be another fact, and could be booked twice (I3). */
const identity: Readonly<Record<string, readonly string[]>> = {
  [events.stripeEventReceived.type]: ['id', 'type', 'object', 'livemode', 'created'],
  [events.postingRequested.type]: [
    'postingKey',
    'target',
    'kind',
    'protocol',
    'canonicalEventId',
    'sourceEventId',
    'sequence',
    'version',
    'shape',
  ],
};
const identityOfFacts = ['source'];

/** The message as JSON that a person can edit. */
export function editable({ schema, value }: Original): unknown {
  return schema === undefined ? value : toEditableJson(schema, value);
}

/**
 * Checks an edited message against the schema it was written with and the fields that must not change; a posting request also against the
 * shape of its document. The digest of a posting request is recomputed, because nobody computes one by hand.
 */
export function checkEdit(original: Original, json: unknown): CheckedEdit {
  const before = editable(original);
  const { value, problems } = original.schema ? fromEditableJson(original.schema, json) : { value: json, problems: rawProblems(json) };
  const kept = keptProblems(original.eventType, before, json);
  if (problems.length > 0 || kept.length > 0) return { ok: false, problems: [...problems, ...kept] };
  const finished = original.eventType === events.postingRequested.type ? withDigest(value as PostingRequested) : value;
  const unfit = original.eventType === events.postingRequested.type ? shapeProblems(finished as PostingRequested) : [];
  if (unfit.length > 0) return { ok: false, problems: unfit };
  return { ok: true, value: finished, differences: difference(before, editable({ ...original, value: finished })) };
}

function rawProblems(json: unknown): FieldProblem[] {
  const event = json as { id?: unknown; type?: unknown; data?: { object?: unknown } } | null;
  if (typeof event !== 'object' || event === null || Array.isArray(event))
    return [{ path: '', expected: 'a Stripe event', found: 'something else' }];
  const text = (['id', 'type'] as const)
    .filter((name) => typeof event[name] !== 'string')
    .map((name): FieldProblem => ({ path: name, expected: 'text', found: typeof event[name] }));
  const object = event.data?.object;
  return typeof object === 'object' && object !== null
    ? text
    : [...text, { path: 'data.object', expected: 'an object', found: typeof object }];
}

function keptProblems(eventType: string, before: unknown, json: unknown): FieldProblem[] {
  if (typeof before !== 'object' || before === null || typeof json !== 'object' || json === null) return [];
  const names = identity[eventType] ?? identityOfFacts;
  return names.flatMap((name) => {
    const was = (before as Record<string, unknown>)[name];
    const changed = difference(was, (json as Record<string, unknown>)[name], name);
    return changed.map(({ path }) => ({ path, expected: 'what it was: the message is known by it', found: 'another value' }));
  });
}

function withDigest(request: PostingRequested): PostingRequested {
  return { ...request, digest: documentDigest(request.shape, request.fields as Record<string, ErpFieldValue>) };
}

function shapeProblems(request: PostingRequested): FieldProblem[] {
  const shape = erpDocumentShapes[request.shape];
  if (!shape) return [];
  const later = request.references.map(({ field }) => field);
  return checkDocument(shape, request.fields as Record<string, ErpFieldValue>, later).map(({ field, text }) => ({
    path: `fields.${field}`,
    expected: text,
    found: 'a value that does not fit',
  }));
}
