import type { ErpDocument, PostingOutcome } from '@tributary/connector-kit';
import { sameAmount } from '../p21-amount.js';
import { afterWrite, P21HeldError, P21NotDoneError, P21SilentError } from '../p21-errors.js';
import type { P21Row, Scalar } from '../p21-json.js';
import { idOf, textOf } from '../p21-json.js';
import { referenceAtEnd, referenceOf } from '../p21-keys.js';
import { all, odataNumber, odataText } from '../p21-odata.js';
import { journalShape } from '../shapes/journal.js';
import type { P21DocumentKind, P21Parts } from './document-kind.js';
import { pageRows } from './document-kind.js';
import type { EntryNumbers } from './journal-entry.js';
import { entryRows, ledgerPath, signedText } from './journal-entry.js';
import { entriesIn, entryOf, entryReference, entryState, glColumns } from './journal-rows.js';

/**
 * An entry in the general ledger: one array, which posts at once and as a whole. Found again by the short reference of its posting key at the
 * end of its description. Source: docs/reference/prophet21.md sections 7.7 and 14.
 */
export const journal: P21DocumentKind = {
  kind: 'journal',
  shape: journalShape,
  post: postEntry,
  describe: (document, config) => [
    {
      verb: 'POST',
      at: 'api',
      path: ledgerPath,
      body: entryRows(document, config, {}),
      text: 'posts the entry, which is in the ledger at once; its rows also have the period of their date',
    },
  ],
  async find(key, parts, signal, lines) {
    const entry = await entryOf(key, parts, signal);
    if (!entry) return undefined;
    const missing = lines.slice(entry.rows.length);
    return { reference: entryReference(parts.config.company, entry.number), complete: missing.length === 0, missing };
  },
  async read(key, parts, signal) {
    const entry = await entryOf(key, parts, signal);
    return entry && entryState(entry, parts);
  },
  marksOf: (key) => [referenceOf(key)],
  page: pageOfEntries,
  dating: { field: 'TransactionDate', note: 'Description', noteLength: 234 },
};

async function postEntry(document: ErpDocument, parts: P21Parts, signal: AbortSignal): Promise<PostingOutcome> {
  if (document.known)
    throw new P21NotDoneError('p21.written-differently', `${document.postingKey}: an entry that is posted is neither finished nor changed`);
  const rows = entryRows(document, parts.config, await numbersOf(document, parts, signal));
  const answer = await parts.client.write({ verb: 'POST', at: 'api', path: ledgerPath, body: rows }, signal);
  const number = idOf(((answer as P21Row[] | null)?.[0] ?? {}).TransactionNumber);
  return afterWrite(ledgerPath, () => readBack(document, number, parts, signal));
}

/** Its period and currency. What P21 would refuse, or book with an amount that nobody knows, is refused before the call. */
async function numbersOf(document: ErpDocument, { config, periods, currencies }: P21Parts, signal: AbortSignal): Promise<EntryNumbers> {
  const currency = String(document.fields.Currency);
  if (currency !== config.currency && config.foreignAmounts === 'refuse')
    throw new P21HeldError(
      'p21.foreign-currency',
      `${document.postingKey}: an entry in ${currency} needs its amount in ${config.currency}, at a rate that only the company knows; enter it by hand, or let P21_FOREIGN_AMOUNTS=face enter the same figure`,
    );
  const date = String(document.fields.TransactionDate);
  const { period, year, open } = await periods.of(date, signal);
  if (!open)
    throw new P21NotDoneError(
      'p21.period-closed',
      `${document.postingKey}: period ${period}/${year} of ${date} is closed`,
      'TransactionDate',
    );
  return { period, year, ...(currency === config.currency ? {} : { currencyId: currencies.idOf(currency) }) };
}

/** What is there under the number of the answer, compared line by line; without a number it is looked up by its mark. */
async function readBack(document: ErpDocument, number: string, parts: P21Parts, signal: AbortSignal): Promise<PostingOutcome> {
  const found = number === '' ? (await entryOf(document.postingKey, parts, signal))?.number : number;
  const rows = found === undefined ? [] : await postedRows(found, parts, signal);
  if (found === undefined || rows.length === 0)
    throw new P21SilentError(ledgerPath, 'write', true, `answered 200, and the entry ${number} is not there`);
  const reference = entryReference(parts.config.company, found);
  const missing = missingLines(document, rows);
  if (missing.length === 0 && rows.length === document.lines.length) return { kind: 'posted', reference };
  return {
    kind: 'partial',
    reference,
    missing: missing.length > 0 ? missing : document.lines.map(({ key }) => key),
    code: 'p21.written-differently',
    text: `${document.postingKey}: entry ${found} has ${rows.length} lines and other ones than the ${document.lines.length} that were sent; correct it in P21 by an entry of its own`,
  };
}

/** `[]` for a number that is not there (section 7.7). */
async function postedRows(number: string, { client }: P21Parts, signal: AbortSignal): Promise<P21Row[]> {
  const answer = await client.read('api', `${ledgerPath}${encodeURIComponent(number)}`, signal);
  return Array.isArray(answer) ? (answer as P21Row[]) : [];
}

function missingLines(document: ErpDocument, rows: readonly P21Row[]): string[] {
  const left = [...rows];
  return document.lines.flatMap((line) => {
    const same = (row: Readonly<Record<string, Scalar>>): boolean =>
      textOf(row.AccountNumber) === String(line.fields.AccountNumber) && sameAmount(textOf(row.Amount), signedText(document, line));
    const at = left.findIndex(same);
    if (at < 0) return [line.key];
    left.splice(at, 1);
    return [];
  });
}

async function pageOfEntries(after: string | undefined, parts: P21Parts, signal: AbortSignal) {
  const { client, config } = parts;
  const filter = all(
    `company_no eq ${odataText(config.company)}`,
    `source eq ${odataText(config.source)}`,
    `transaction_number gt ${odataNumber(after ?? '0')}`,
  );
  const query = { filter, select: glColumns, orderBy: 'transaction_number,gl_uid', top: pageRows };
  const rows = await client.rows('gl', query, signal);
  const full = rows.length >= pageRows;
  // The last entry of a full page may go on behind it; it comes again with the next one. An entry has at most 200 lines.
  const entries = full ? entriesIn(rows).slice(0, -1) : entriesIn(rows);
  const documents = [];
  for (const entry of entries) {
    const { effect: _read, ...state } = entryState(entry, parts);
    const mark = referenceAtEnd(textOf(entry.rows[0]?.description));
    if (mark !== '') documents.push({ ...state, marks: [mark] });
  }
  return { documents, next: full ? entries.at(-1)?.number : undefined };
}
