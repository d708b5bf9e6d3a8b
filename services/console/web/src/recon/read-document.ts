import type { ReconShapes } from '../api/documents.js';
import type { Sent } from '../api/sent.js';
import { readRule } from './read-story.js';
import { readAmount, readerOf, readList, readMaybe, readNamedTexts, readText, readWord } from './read-value.js';

/** One row of a document as it was sent. */
export const readLine = readerOf<ReconShapes['DocumentLineView']>()({ table: readWord, key: readWord, fields: readNamedTexts });

/** One line of what a document does to the books. Account null: the ERP determines it. */
export const readEffectLine = readerOf<ReconShapes['EffectLineView']>()({
  role: readWord,
  account: readText,
  debit: readAmount,
  credit: readAmount,
});

const readLines = (value: Sent<readonly ReconShapes['DocumentLineView'][]>) => readList(value, readLine);
const readEffect = (value: Sent<readonly ReconShapes['EffectLineView'][]>) => readList(value, readEffectLine);

const readLedger = readerOf<ReconShapes['LedgerEffectView']>()({
  state: readText,
  text: readText,
  entries: readEffect,
  checkedAt: readText,
});

/** One document that was requested because of a payment. Rule, result and ledger are null where nothing is known. */
export const readDocument = readerOf<ReconShapes['DocumentView']>()({
  postingKey: readWord,
  target: readText,
  kind: (value) => readText(value) ?? 'document',
  number: readText,
  link: readLink,
  rule: readRule,
  result: readText,
  requestedAt: readText,
  reference: readNamedTexts,
  lines: readLines,
  effect: readEffect,
  ledger: (value) => readMaybe(value, readLedger),
});

/** An address that a browser may be sent to; null for every other text. */
function readLink(value: Sent<string | null>): string | null {
  const text = readText(value);
  return text !== null && /^https?:\/\//.test(text) && URL.canParse(text) ? text : null;
}
