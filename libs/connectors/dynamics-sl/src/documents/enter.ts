import type { ErpDocument, ErpLine, PostingOutcome } from '@tributary/connector-kit';
import type { SlScreen } from '../doors/door.js';
import { rowIn, rowsIn } from '../doors/door.js';
import { refuseWhatDoesNotFit } from '../sl-columns.js';
import { isDuplicate, SlSilentError } from '../sl-errors.js';
import { lineMark } from '../sl-keys.js';
import type { SlRow } from '../sl-values.js';
import { textOf } from '../sl-values.js';
import type { SlParts } from './document-kind.js';
import { headOf } from './find-head.js';
import type { ScreenedDocument } from './screened.js';
import { missingOf, repairsOf } from './stored-lines.js';

const dropped = { code: 'sl.line-dropped', text: 'SL answered that all is stored, and lines are missing or there twice' };

/** Enters a document in a batch of its own, or finishes the one that is known. */
export async function enter(document: ErpDocument, how: ScreenedDocument, parts: SlParts, signal: AbortSignal): Promise<PostingOutcome> {
  refuseWhatDoesNotFit(document, how.shape);
  const ready = how.prepare ? await how.prepare(document, parts, signal) : document;
  if (!('fields' in ready)) return ready;
  return document.known ? finish(ready, how, parts, signal) : add(ready, how, parts, signal);
}

/** The screen that a new document is sent as. */
export function newScreen(document: ErpDocument, how: ScreenedDocument, parts: SlParts): SlScreen {
  const lines = how.linesOf(document);
  return { batchHandling: 'Hold', ...how.screenOf(document, lines.map(rowOf(document, how)), parts) };
}

async function add(document: ErpDocument, how: ScreenedDocument, parts: SlParts, signal: AbortSignal): Promise<PostingOutcome> {
  let answer: SlScreen;
  try {
    answer = await parts.client.screen(how.service).add(newScreen(document, how, parts), signal);
  } catch (error) {
    if (isDuplicate(error)) return taken(document, how, parts, signal, error.text);
    throw error;
  }
  const batch = rowIn(answer, 'myBatch');
  const head = how.headView === 'ARDoc' ? { ...rowIn(answer, 'myARDoc'), BatNbr: batch.BatNbr ?? null } : batch;
  if (textOf(head.BatNbr) === '') throw new SlSilentError(`${how.service} ADD`, 'write', true, 'answered without the number of the batch');
  const reference = how.referenceOf({ ...rowIn(answer, 'myARDoc'), ...head });
  const stored = rowsIn(answer, `my${how.lineTable}`) ?? (await parts.client.rows(how.lineTable, how.storedLines(reference), signal));
  const missing = missingOf(
    how.linesOf(document).map(({ key }) => key),
    stored,
  );
  return missing.length === 0 ? { kind: 'posted', reference } : { kind: 'partial', reference, missing, ...dropped };
}

/** The number is there already, so this call stored nothing: by ourselves (an answer that was lost), or by somebody else. */
async function taken(
  document: ErpDocument,
  how: ScreenedDocument,
  parts: SlParts,
  signal: AbortSignal,
  text: string,
): Promise<PostingOutcome> {
  const { postingKey } = document;
  try {
    const head = await headOf(postingKey, how, parts, signal);
    if (head) return { kind: 'posted', reference: how.referenceOf(head) };
  } catch {
    // Whose it is could not be read, or it is somebody else's: said below.
  }
  return {
    kind: 'ambiguous',
    code: 'sl.reference-taken',
    text: `${postingKey}: ${text}; the document with this number is not ours: give that one another number in SL, then replay`,
  };
}

/** Adds what is missing to a document that is saved and not released. */
async function finish(document: ErpDocument, how: ScreenedDocument, parts: SlParts, signal: AbortSignal): Promise<PostingOutcome> {
  const reference = document.known ?? {};
  const lines = how.linesOf(document);
  const read = (): Promise<readonly SlRow[]> => parts.client.rows(how.lineTable, how.storedLines(reference), signal);
  const repairs = repairsOf(lines, await read(), rowOf(document, how));
  if (repairs.length === 0) return { kind: 'posted', reference };
  const { myBatch, myARDoc, ...rest } = how.screenOf(document, repairs, parts);
  const batch = { ...(myBatch as SlRow), BatNbr: reference.BatNbr ?? '' };
  await parts.client.screen(how.service).update({ ...rest, myBatch: batch, ...(myARDoc === undefined ? {} : { myARDoc }) }, signal);
  const missing = missingOf(
    lines.map(({ key }) => key),
    await read(),
  );
  return missing.length === 0 ? { kind: 'posted', reference } : { kind: 'partial', reference, missing, ...dropped };
}

/** Rows of lines: the number is the place in the document, User2 has the key of the line. */
function rowOf(document: ErpDocument, how: ScreenedDocument): (line: ErpLine) => SlRow {
  const keys = how.linesOf(document).map(({ key }) => key);
  return (line) => ({ ...how.lineRow(document, line), LineNbr: keys.indexOf(line.key) + 1, User2: lineMark(line.key) });
}
