import { z } from 'zod';
import type { Answer } from '../answers.js';
import { ok, P21Error, Refusal } from '../answers.js';
import type { Call } from '../call.js';
import { openBalance } from '../ledger/books.js';
import { postEntry } from '../ledger/entry.js';
import { amountColumn, amountOf } from '../ledger/money.js';
import { checkOpen, periodIn } from '../ledger/periods.js';
import { documentSources } from '../ledger/sources.js';
import { reopen, settle } from '../ledger/documents.js';
import { update } from '../rows.js';
import type { Row } from '../store.js';
import { tables } from '../tables/index.js';

const reversal = z.object({ Parameters: z.array(z.object({ Name: z.string(), Value: z.string() })) });

/**
 * `ReverseARPayment`: the receipt is marked as reversed, its entry is posted again with the other sign, and what it paid is open again. That
 * the command exists and where it is called is verified (docs/reference/prophet21.md section 4); its parameter `payment_number`, what it
 * does and what it answers are assumed. A receipt whose rest was used meanwhile is refused (assumed).
 */
export function reversePayment(call: Call): Answer {
  const read = reversal.safeParse(call.body);
  const number = read.data?.Parameters.find(({ Name }) => Name === 'payment_number')?.Value;
  if (number === undefined) throw new P21Error('badRequest', 'The parameter payment_number is missing.');
  try {
    call.transaction.nested((transaction) => reverse(number, { ...call, transaction }));
    return ok({ Messages: [], Summary: { Succeeded: 1, Failed: 0, Other: 0 } }, 'CommandResponse');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return ok({ Messages: [error.message], Summary: { Succeeded: 0, Failed: 1, Other: 0 } }, 'CommandResponse');
  }
}

function reverse(number: string, call: Call): void {
  const { transaction } = call;
  const receipt = transaction.rows('ar_receipts').find((row) => String(row.payment_number) === number);
  if (!receipt || receipt.reverse_payment_flag === 'Y')
    throw new P21Error('business', `Payment ${number} is not valid, or is reversed already.`);
  const entry = transaction.rows('gl').filter((row) => row.source === number && row.source_type_cd === documentSources.receipt);
  const [first] = entry;
  if (first) checkOpen(String(first.company_no), periodIn(first), call);
  for (const detail of transaction.rows('ar_receipts_detail').filter((row) => row.receipt_number === receipt.receipt_number)) {
    const invoice = transaction.row('invoice_hdr', String(detail.invoice_no));
    if (invoice) reopen(invoice, amountOf(detail.payment_amount), amountOf(detail.relieved_home), call);
  }
  const rest = transaction.rows('invoice_hdr').find((row) => row.invoice_type === 'UC' && row.external_reference_no === number);
  if (rest) {
    if (openBalance(rest) !== amountOf(rest.total_amount)) throw new P21Error('business', `The rest of payment ${number} is in use.`);
    settle({ ...rest }, openBalance(rest), rest.invoice_date ?? null, call);
  }
  postEntry(entry.map(reversed), documentSources.reversal, call);
  update(tables.arReceipts, receipt, { reverse_payment_flag: 'Y' }, call);
}

function reversed(row: Readonly<Row>): Row {
  const { gl_uid: _uid, date_created: _created, ...rest } = row;
  return { ...rest, amount: amountColumn(-amountOf(row.amount)), foreign_amount: amountColumn(-amountOf(row.foreign_amount)) };
}
