import type { CreditNote, CreditNoteLine } from '@tributary/contracts';
import { Amounts, quantityOf } from '../amounts.js';
import { requiredNow } from '../enrichment.js';
import type { Reading } from '../told.js';
import type { StripeObject } from '../../stripe-model/stripe-object.js';
import { creditNoteStatuses } from '../../stripe-model/stripe-values.js';

/** A credit note with all its lines. Key: the customer; sequence: the invoice. */
export const creditNoteReading: Reading<{ creditNote: CreditNote }> = {
  enrichmentNeeded: ({ object }) => (hasMoreLines(object) ? requiredNow('credit_note_lines', object.id('id')) : []),
  read: ({ object }, { credit_note_lines: list }) => {
    const creditNote = creditNoteOf(object, list);
    return { part: { creditNote }, key: creditNote.customerId ?? creditNote.invoiceId, sequence: creditNote.invoiceId };
  },
};

/**
 * A Stripe credit note in canonical words.
 * Units:  minor units of its currency, all positive: they reduce what the customer owes.
 * Errors: InvalidStripeObjectError; UnknownStripeValueError for a status that is not known; MoneyError.
 * Source: docs/reference/stripe.md section 12; Stripe API reference, "The Credit Note object".
 * @param list all lines as read from Stripe; without it the embedded ones.
 */
export function creditNoteOf(note: StripeObject, list: StripeObject | undefined): CreditNote {
  const amounts = new Amounts(note.text('currency'));
  const lines = list?.arrayOf('data') ?? note.listOf('lines');
  return {
    creditNoteId: note.id('id'),
    number: note.textOrNull('number'),
    invoiceId: note.id('invoice'),
    customerId: note.idOrNull('customer'),
    type: note.textOrNull('type'),
    status: note.word('status', creditNoteStatuses),
    reason: note.textOrNull('reason'),
    memo: note.textOrNull('memo'),
    amount: amounts.of(note, 'total'),
    subtotal: amounts.of(note, 'subtotal'),
    taxTotal: amounts.sum(note.arrayOf('total_taxes')),
    toBalance: null,
    outOfBand: amounts.orNull(note, 'out_of_band_amount'),
    refundIds: refundsOf(note),
    createdAt: note.timeMs('created'),
    effectiveAt: note.timeMsOrNull('effective_at'),
    lines: lines.map((line) => lineOf(line, amounts)),
    linesComplete: list !== undefined || !hasMoreLines(note),
    metadata: note.metadata(),
  };
}

/** The credit note that a refund pays out, of those that count; null where there is none. @param notes all of the invoice, as read from Stripe. */
export function creditNoteOfRefund(refundId: string, notes: StripeObject | undefined): string | null {
  const note = notes
    ?.arrayOf('data')
    .find((one) => one.word('status', creditNoteStatuses) === 'issued' && refundsOf(one).includes(refundId));
  return note?.id('id') ?? null;
}

/** `refunds` since API 2024-12-18, one `refund` before. */
function refundsOf(note: StripeObject): string[] {
  const listed = note.arrayOf('refunds').flatMap((row) => row.idOrNull('refund') ?? []);
  const single = note.idOrNull('refund');
  return listed.length === 0 && single !== null ? [single] : listed;
}

/** Lines have no currency of their own. */
function lineOf(line: StripeObject, amounts: Amounts): CreditNoteLine {
  return {
    lineId: line.id('id'),
    invoiceLineId: line.idOrNull('invoice_line_item'),
    description: line.textOrNull('description'),
    quantity: quantityOf(line),
    amount: amounts.of(line, 'amount'),
    taxes: amounts.taxes(line.arrayOf('taxes')),
  };
}

function hasMoreLines(note: StripeObject): boolean {
  return note.objectOrNull('lines')?.raw('has_more') === true;
}
