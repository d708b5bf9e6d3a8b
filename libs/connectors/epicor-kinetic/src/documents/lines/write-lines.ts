import type { ErpDocument, ErpLine, PostingOutcome } from '@tributary/connector-kit';
import type { KineticCall, MethodAnswer } from '../../kinetic-client.js';
import { functionPrefix } from '../../kinetic-client.js';
import { lastRow } from '../../kinetic-dataset.js';
import type { KineticConfig } from '../../kinetic.config.js';
import { KineticNotDoneError, KineticSilentError, outcomeOf } from '../../kinetic-errors.js';
import type { KineticRow } from '../../kinetic-json.js';
import { textOf } from '../../kinetic-json.js';
import type { KineticParts } from '../document-kind.js';
import type { Dataset, LinedDocument } from './lined-document.js';
import { storedLines } from './lined-document.js';
import type { Repair } from './repair.js';
import { merged, repairsOf } from './repair.js';
import type { LineUnit, StoredLine } from './units.js';
import { missingOf, unitsOf } from './units.js';

/** One document on its way into Kinetic. */
interface Writing {
  readonly document: ErpDocument;
  readonly how: LinedDocument;
  readonly units: readonly LineUnit<ErpLine>[];
  readonly groupId: string;
  readonly parts: KineticParts;
  readonly signal: AbortSignal;
}

/** The lines of a document as units. @throws {KineticNotDoneError} as unitsOf. */
export function unitsOfDocument(document: ErpDocument, how: LinedDocument): LineUnit<ErpLine>[] {
  return unitsOf(how.linesOf?.(document) ?? document.lines, how.lineTable, how.accountTable);
}

/** A call that saves a dataset: as one method, or as our Epicor Function. */
export function callOf(how: LinedDocument, ds: Dataset, groupId: string, config: KineticConfig, text: string): KineticCall {
  return config.writes === 'function'
    ? { method: `${functionPrefix}${config.functionName}`, input: { businessObject: how.businessObject, ds }, text }
    : { method: how.method, input: how.input(ds, groupId), text };
}

function save({ how, groupId, parts, signal }: Writing, ds: Dataset): Promise<MethodAnswer> {
  const { method, input } = callOf(how, ds, groupId, parts.config, '');
  return parts.client.write(method, input, signal);
}

/** Enters a document that is new. @throws {KineticNotDoneError} without a group. */
export async function enterLined(
  document: ErpDocument,
  how: LinedDocument,
  parts: KineticParts,
  signal: AbortSignal,
): Promise<PostingOutcome> {
  const groupId = document.batchId;
  if (!groupId)
    throw new KineticNotDoneError(
      'kinetic.batch-missing',
      `${document.postingKey}: a ${how.what} is entered in a group, and none was given`,
    );
  const units = unitsOfDocument(document, how);
  const writing: Writing = { document, how, units, groupId, parts, signal };
  const head = how.headRow(document, groupId, await how.defaults(document, groupId, parts, signal));
  if (parts.config.writes === 'steps') {
    const stored = headOf(await save(writing, { [how.headTable]: [head] }), how);
    return inSteps(writing, stored, [], repairsOf(document, how, units, [], stored));
  }
  const repairs = repairsOf(document, how, units, [], undefined);
  const answer = await save(writing, merged([{ [how.headTable]: [head] }, ...repairs.map(({ rows }) => rows)]));
  return judged(writing, headOf(answer, how), storedLines(answer, how));
}

/**
 * Finishes a document that is there without some of its lines: reads it, and writes what is missing and nothing else.
 * @returns `conflict` when it is not there any more, `rejected` when it is released already.
 */
export async function finishLined(
  document: ErpDocument,
  how: LinedDocument,
  parts: KineticParts,
  signal: AbortSignal,
): Promise<PostingOutcome> {
  const found = await how.load(document.known ?? {}, parts, signal);
  const head = found === undefined ? undefined : lastRow(found, how.headTable);
  if (!head) return { kind: 'conflict', text: `${document.postingKey}: the ${how.what} to finish is not in Kinetic any more` };
  const units = unitsOfDocument(document, how);
  const writing: Writing = { document, how, units, groupId: textOf(head.GroupID), parts, signal };
  const before = storedLines(found, how);
  const repairs = repairsOf(document, how, units, before, head);
  if (repairs.length === 0) return { kind: 'posted', reference: how.referenceOf(head) };
  if (head.Posted === true)
    return {
      kind: 'rejected',
      code: 'kinetic.released-incomplete',
      field: how.lineTable,
      text: `${document.postingKey}: the ${how.what} is posted without all of its lines; correct it in Kinetic by a document of its own`,
    };
  if (parts.config.writes === 'steps') return inSteps(writing, head, before, repairs);
  const answer = await save(writing, merged(repairs.map(({ rows }) => rows)));
  return judged(writing, head, after(before, repairs, storedLines(answer, how), how));
}

/** Lines as they are after a save whose answer shows all lines, or only those that it changed. */
function after(
  before: readonly StoredLine[],
  repairs: readonly Repair[],
  answered: readonly StoredLine[],
  how: LinedDocument,
): StoredLine[] {
  const gone = repairs.flatMap(({ rows }) =>
    (rows[how.lineTable] ?? []).flatMap((row) => (row.RowMod === 'D' ? [Number(textOf(row[how.numberColumn]))] : [])),
  );
  const all = new Map([...before, ...answered].map((line) => [line.number, line]));
  return [...all.values()].filter(({ number }) => !gone.includes(number));
}

/** A call per line. A line that is surely not written leaves a document that is surely not whole. */
async function inSteps(
  writing: Writing,
  head: KineticRow,
  before: readonly StoredLine[],
  repairs: readonly Repair[],
): Promise<PostingOutcome> {
  const reference = writing.how.referenceOf(head);
  let stored = before;
  for (const [index, repair] of repairs.entries()) {
    try {
      stored = after(stored, [repair], storedLines(await save(writing, repair.rows), writing.how), writing.how);
    } catch (error) {
      const outcome = outcomeOf(error, writing.parts.config);
      if (outcome.kind === 'unknown') return outcome;
      const missing = [...new Set(repairs.slice(index).flatMap(({ unit }) => [unit.line, ...unit.accounts].map(({ key }) => key)))];
      const code = 'code' in outcome ? outcome.code : `kinetic.${outcome.kind}`;
      return { kind: 'partial', reference, missing, code, text: 'text' in outcome ? outcome.text : outcome.kind };
    }
  }
  return judged(writing, head, stored);
}

/** What an answer proves: Kinetic may say that all is well and have left a line out. */
function judged({ document, how, units }: Writing, head: KineticRow, stored: readonly StoredLine[]): PostingOutcome {
  const reference = how.referenceOf(head);
  const missing = missingOf(units, stored);
  if (missing.length === 0) return { kind: 'posted', reference };
  const text = `${document.postingKey}: Kinetic answered 200 and the ${how.what} lacks ${missing.join(', ')}`;
  return { kind: 'partial', reference, missing, code: 'kinetic.lines-missing', text };
}

function headOf(answer: MethodAnswer, how: LinedDocument): KineticRow {
  const head = lastRow(answer, how.headTable);
  if (!head) throw new KineticSilentError(how.method, 'write', true, `answered 200 without the new ${how.what}`);
  return head;
}
