import type { ErpDocument, ErpDocumentState, ErpListedDocument, ErpReference, PostingOutcome } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import type { KineticCall } from '../kinetic-client.js';
import { baqRows } from '../kinetic-client.js';
import { lastRow, odataText } from '../kinetic-dataset.js';
import { KineticRefusedError, KineticSilentError } from '../kinetic-errors.js';
import { columnsOf } from '../kinetic-fields.js';
import type { KineticRow } from '../kinetic-json.js';
import { textOf } from '../kinetic-json.js';
import { legibleKey, plantedKey, postingKeyColumn } from '../kinetic-keys.js';
import type { KineticParts } from './document-kind.js';
import { effectOf } from './ledger-effect.js';
import { marksOfKind } from './own-marks.js';
import { single } from './single.js';

const service = 'Erp.BO.BankFundTranSvc';
const create = `${service}/CreateBankTranRecords`;
const table = 'BankFundsTransfer';
const none: ReadonlySet<string> = new Set();

/**
 * Transfers have no entity set, so they are looked up by the BAQ StripeBankTransfers, whatever KINETIC_LOOKUP says: section 6.8.
 * @param key a planted key; without it all transfers that have one.
 */
async function transfers(key: string | undefined, { client }: KineticParts, signal: AbortSignal): Promise<KineticRow[]> {
  const rows = await baqRows(client, 'StripeBankTransfers', 'BankTran', key === undefined ? {} : { StripePostingKey: key }, signal);
  return rows.filter((row) => (key === undefined ? textOf(row[postingKeyColumn]) !== '' : textOf(row[postingKeyColumn]) === key));
}

/** A site that makes no transfers has no such BAQ: 404. */
async function installed<T>(work: Promise<T[]>): Promise<T[]> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof KineticRefusedError && error.status === 404) return [];
    throw error;
  }
}

/** The transfer of a posting key. @throws {ErpDuplicateDocumentError} when there are several. */
export async function transferOf(key: PostingKey, parts: KineticParts, signal: AbortSignal): Promise<KineticRow | undefined> {
  const rows = await installed(transfers(plantedKey(key), parts, signal));
  return single(rows, key, 'bank transfers', (row) => textOf(row.TranNum));
}

/** What identifies a transfer. */
export function transferReference(row: KineticRow): ErpReference {
  return { TranNum: textOf(row.TranNum) };
}

/**
 * Makes a transfer. Before it, the look-up that would find it again is tried: a site without the BAQ gets no transfer that could not be found.
 * Shape:  1 document -> 1 BankFundsTransfer row; one write, and the transfer is in the ledger (assumed, section 6.8).
 */
export async function postTransfer(document: ErpDocument, parts: KineticParts, signal: AbortSignal): Promise<PostingOutcome> {
  await transfers(plantedKey(document.postingKey), parts, signal);
  const defaults = lastRow(await parts.client.read(`${service}/CreateBankTran`, { input: {} }, signal), table) ?? {};
  const answer = await parts.client.write(create, storedTransfer(document, defaults), signal);
  const stored = lastRow(answer, table);
  if (!stored) throw new KineticSilentError(create, 'write', true, 'answered 200 without the new transfer');
  return { kind: 'posted', reference: transferReference(stored) };
}

/** The one call of a transfer that stores. */
export function describeTransfer(document: ErpDocument): KineticCall {
  return {
    method: create,
    input: storedTransfer(document, {}),
    text: 'makes the transfer, which is in the ledger at once; the row also has the defaults of CreateBankTran',
  };
}

function storedTransfer(document: ErpDocument, defaults: KineticRow): object {
  const row = { ...defaults, ...columnsOf(document, none), [postingKeyColumn]: plantedKey(document.postingKey), RowMod: 'A' };
  return { ds: { [table]: [row] } };
}

/** The state of the transfer of a posting key, with its entries. */
export async function readTransfer(key: PostingKey, parts: KineticParts, signal: AbortSignal): Promise<ErpDocumentState | undefined> {
  const row = await transferOf(key, parts, signal);
  if (!row) return undefined;
  const read = await parts.client.read(`${service}/GetByTranNum`, { query: { TranNum: textOf(row.TranNum) } }, signal);
  const { FiscalYear, JournalCode, JournalNum } = lastRow(read, table) ?? {};
  const filter = `FiscalYear eq ${textOf(FiscalYear)} and JournalCode eq ${odataText(textOf(JournalCode))} and JournalNum eq ${textOf(JournalNum)}`;
  return { ...stateOf(row), ...(await effectOf(filter, parts, signal)) };
}

/** All transfers that carry a posting key. */
export async function listedTransfers(parts: KineticParts, signal: AbortSignal): Promise<ErpListedDocument[]> {
  const rows = await installed(transfers(undefined, parts, signal));
  return rows.map((row) => ({ ...stateOf(row), marks: marksOfKind(row, 'journal'), ...legibleKey(row) }));
}

function stateOf(row: KineticRow): ErpDocumentState {
  return {
    reference: transferReference(row),
    amount: textOf(row.DocTranAmt),
    currency: textOf(row.CurrencyCode),
    released: row.GLPosted === true && row.Voided !== true,
  };
}
