import type { ErpFound, ErpLineHandle, PostingOutcome } from '@tributary/connector-kit';
import type { KineticRow } from '../../kinetic-json.js';
import type { KineticParts } from '../document-kind.js';
import { whole } from '../document-kind.js';
import type { LinedDocument } from './lined-document.js';
import { storedLines } from './lined-document.js';
import { missingOf, unitsOf } from './units.js';

/** What was found: the header of a posting key, and whether all lines that it should have are there, each once. */
export async function foundLined(
  head: KineticRow | undefined,
  how: LinedDocument,
  expected: readonly ErpLineHandle[],
  parts: KineticParts,
  signal: AbortSignal,
): Promise<ErpFound | undefined> {
  if (!head) return undefined;
  const reference = how.referenceOf(head);
  if (expected.length === 0) return whole(reference);
  const answer = await how.load(reference, parts, signal);
  // Deleted between the two reads.
  if (answer === undefined) return undefined;
  const missing = missingOf(unitsOf(expected, how.lineTable, how.accountTable), storedLines(answer, how));
  return { reference, complete: missing.length === 0, missing };
}

/** Deletes a document that is not posted. @param remove the call that deletes it. */
export async function discardLined(
  head: KineticRow | undefined,
  how: LinedDocument,
  remove: (head: KineticRow) => Promise<unknown>,
): Promise<PostingOutcome> {
  if (!head) return { kind: 'skipped', text: `there is no ${how.what} to discard` };
  if (head.Posted === true) return { kind: 'rejected', code: 'kinetic.released', text: `the ${how.what} is posted and cannot be deleted` };
  await remove(head);
  return { kind: 'posted', reference: how.referenceOf(head) };
}
