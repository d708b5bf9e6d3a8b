import type { ErpDocument, ErpLine, ErpPage, PostingOutcome } from '@tributary/connector-kit';
import { sameAmount } from '../p21-amount.js';
import type { ConfiguredService } from '../p21.config.js';
import { afterWrite, P21HeldError, P21NotDoneError, P21SilentError } from '../p21-errors.js';
import type { P21Row } from '../p21-json.js';
import { idOf, textOf } from '../p21-json.js';
import { markedRows, markedText, referenceInPrefix, referenceOf } from '../p21-keys.js';
import { all, odataNumber, odataText } from '../p21-odata.js';
import { creditMemoShape } from '../shapes/credit-memo.js';
import { passedValues } from '../transaction/transaction-answer.js';
import type { Edit } from '../transaction/transaction-set.js';
import { transactionPath, transactionSet } from '../transaction/transaction-set.js';
import { returnColumns, returnLines, returnOf, returnReference, returnState, standingReturns } from './credit-memo-rows.js';
import type { P21Description, P21DocumentKind, P21Parts } from './document-kind.js';
import { pageRows } from './document-kind.js';

/** The service and its form: docs/reference/prophet21.md section 7.6 [verified]. Its list and their fields are those of an order [assumed]. */
const service: ConfiguredService = {
  service: 'RMA',
  form: 'TABPAGE_1.order',
  fields: new Map(),
  variable: 'creditMemo: rma of the profile',
};
const list = 'TP_ITEMS.items';
/** By this number two lines of the same item stay two (section 4). */
const lineNumber = 'user_line_no';
const headFields = ['customer_id', 'order_date'] as const;
const lineFields = ['oe_order_item_id', 'unit_quantity', 'unit_price'] as const;
/** Length of oe_hdr.po_no, characters: section 14. */
const purchaseOrderLength = 50;

/**
 * A credit memo as a return (RMA). The memo itself comes when the return is received, which in P21 a person may do: until then it is saved and
 * not in the ledger. Found again by the short reference of its posting key in po_no.
 * Shape:  1 document -> 1 transaction, then it is read back line by line. Lines that a pop-up dropped are added by their number.
 * Source: docs/reference/prophet21.md sections 4, 7.3, 7.6, 10 and 14.
 */
export const creditMemo: P21DocumentKind = {
  kind: 'credit-memo',
  shape: creditMemoShape,
  post: postReturn,
  describe: (document): readonly P21Description[] => [
    {
      verb: 'POST',
      at: 'ui',
      path: transactionPath,
      body: returnSet(document, numbered(document)),
      text: 'enters a return; its memo is in the ledger when the return is received',
    },
  ],
  async find(key, parts, signal, lines) {
    const row = await returnOf(key, parts, signal);
    if (!row) return undefined;
    const stored = new Set((await returnLines(idOf(row.order_no), parts, signal)).map((line) => idOf(line.user_line_no)));
    const missing = lines.filter((_key, index) => !stored.has(String(index + 1)));
    return { reference: returnReference(parts.config.company, row), complete: missing.length === 0, missing };
  },
  async read(key, parts, signal) {
    const row = await returnOf(key, parts, signal);
    return row && returnState(row, parts, signal);
  },
  marksOf: (key) => [referenceOf(key)],
  page: pageOfReturns,
  dating: { field: 'order_date', note: 'po_no', noteLength: 22 },
};

interface NumberedLine {
  readonly number: number;
  readonly line: ErpLine;
}

const numbered = ({ lines }: ErpDocument): NumberedLine[] => lines.map((line, index) => ({ number: index + 1, line }));

async function postReturn(document: ErpDocument, parts: P21Parts, signal: AbortSignal): Promise<PostingOutcome> {
  const { known, knownMissing = [] } = document;
  if (known && knownMissing.length === 0) return readBack(document, parts, signal);
  await checkBefore(document, parts, signal);
  const lines = numbered(document).filter(({ line }) => !known || knownMissing.includes(line.key));
  const body = returnSet(document, lines, known?.OrderNo);
  const answer = await parts.client.write({ verb: 'POST', at: 'ui', path: transactionPath, body }, signal);
  passedValues(answer, service.service);
  return afterWrite(service.service, () => readBack(document, parts, signal));
}

/** What P21 would book otherwise than it is asked, or refuse, is refused before the call. */
async function checkBefore(document: ErpDocument, { services, periods, ...parts }: P21Parts, signal: AbortSignal): Promise<void> {
  const { fields, postingKey } = document;
  const { tax, order_date: date, currency } = fields;
  if (typeof tax === 'string' && !sameAmount(tax, '0'))
    throw new P21HeldError(
      'p21.memo-tax',
      `${postingKey}: the memo has ${tax} of tax, and P21 figures the tax of a return itself; enter the return by hand, or book refunds as entries (creditMemo: journal)`,
    );
  const { period, year, open } = await periods.of(String(date), signal);
  if (!open)
    throw new P21NotDoneError('p21.period-closed', `${postingKey}: period ${period}/${year} of ${String(date)} is closed`, 'order_date');
  const own = await currencyOfCustomer(String(fields.customer_id), parts, signal);
  if (own !== undefined && own !== currency)
    throw new P21HeldError(
      'p21.memo-currency',
      `${postingKey}: the memo is in ${String(currency)}, and returns of this customer are in ${own}; enter it by hand`,
    );
  await services.require(service, [...headFields, 'po_no', list, lineNumber, ...lineFields], signal);
}

/** Undefined for a customer that P21 has not: it refuses the return itself, with its reason. */
async function currencyOfCustomer(
  number: string,
  { client, config, currencies }: Pick<P21Parts, 'client' | 'config' | 'currencies'>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const filter = all(`company_id eq ${odataText(config.company)}`, `customer_id eq ${odataNumber(number)}`);
  const [row] = await client.rows('customer', { filter, select: ['customer_id', 'currency_id'], orderBy: 'customer_id' }, signal);
  return row && currencies.codeOf(idOf(row.currency_id));
}

/** @param orderNo the return that lines are added to. */
function returnSet({ fields, postingKey }: ErpDocument, lines: readonly NumberedLine[], orderNo?: string): object {
  const head: Edit[] = headFields.map((Name) => ({ Name, Value: String(fields[Name] ?? '') }));
  const text = typeof fields.po_no === 'string' ? fields.po_no : '';
  const edits = [...head, { Name: 'po_no', Value: markedText(postingKey, text, purchaseOrderLength) }];
  const rows = lines.map(({ number, line }): Edit[] => [
    { Name: lineNumber, Value: String(number) },
    ...lineFields.map((Name) => ({ Name, Value: String(line.fields[Name] ?? '') })),
  ]);
  const own = orderNo === undefined ? [] : [{ Name: 'order_no', Value: orderNo }];
  return transactionSet(service.service, service.form, [...own, ...edits], { list, keys: [lineNumber], rows });
}

/** A pop-up that was answered "No" drops a line or the whole return behind a success (sections 4 and 10). */
async function readBack(document: ErpDocument, parts: P21Parts, signal: AbortSignal): Promise<PostingOutcome> {
  const row = await returnOf(document.postingKey, parts, signal);
  if (!row) throw new P21SilentError(`transaction ${service.service}`, 'write', true, 'passed, and no return carries its reference');
  const reference = returnReference(parts.config.company, row);
  const stored = await returnLines(idOf(row.order_no), parts, signal);
  const missing = numbered(document).filter((one) => !stored.some((line) => isSame(line, one)));
  if (missing.length === 0) return { kind: 'posted', reference };
  return {
    kind: 'partial',
    reference,
    missing: missing.map(({ line }) => line.key),
    code: 'p21.written-differently',
    text: `${document.postingKey}: return ${idOf(row.order_no)} has ${stored.length} lines and lacks ${missing.length} of the ${document.lines.length} that were sent`,
  };
}

function isSame(row: P21Row, { number, line }: NumberedLine): boolean {
  return (
    idOf(row.user_line_no) === String(number) &&
    textOf(row.item_id) === String(line.fields.oe_order_item_id) &&
    sameAmount(textOf(row.unit_quantity), String(line.fields.unit_quantity)) &&
    sameAmount(textOf(row.unit_price), String(line.fields.unit_price))
  );
}

async function pageOfReturns(after: string | undefined, parts: P21Parts, signal: AbortSignal): Promise<ErpPage> {
  const more = all(`oe_hdr_uid gt ${odataNumber(after ?? '0')}`, markedRows('po_no'));
  const query = { filter: standingReturns(parts.config.company, more), select: returnColumns, orderBy: 'oe_hdr_uid', top: pageRows };
  const rows = await parts.client.rows('oe_hdr', query, signal);
  const documents = [];
  for (const row of rows) {
    const mark = referenceInPrefix(textOf(row.po_no));
    if (mark === '') continue;
    const { effect: _read, ...state } = await returnState(row, parts, signal);
    documents.push({ ...state, marks: [mark] });
  }
  const last = rows.at(-1);
  return { documents, next: last && rows.length >= pageRows ? idOf(last.oe_hdr_uid) : undefined };
}
