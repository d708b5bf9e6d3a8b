import { clearMembers, isPayloadProblem, payloadPlace } from '@tributary/persistence';
import type { PayloadCipher, PayloadTable } from '@tributary/persistence';
import { documentLines } from '../decide/document-lines.js';
import { overwritten } from '../decide/overwritten-text.js';

/** Names of those who paid. */
export const paymentPayloads: PayloadTable = {
  table: 'recon.payment',
  key: ['charge_id', 'part'],
  columns: { customer_name: 'text' },
  overwritten,
};
/** What an ERP answered last about a posting. */
export const postingPayloads: PayloadTable = { table: 'recon.posting', key: ['request_id'], columns: { text: 'text' }, overwritten };
/** What an ERP answered each time. */
export const outcomePayloads: PayloadTable = { table: 'recon.outcome', key: ['outcome_id'], columns: { text: 'text' }, overwritten };

/** Why events were ignored. */
export const eventTexts: PayloadTable = { table: 'recon.event', key: ['event_id'], columns: { ignored_text: 'text' }, overwritten };
/** Why facts were ignored. */
export const factTexts: PayloadTable = { table: 'recon.fact', key: ['canonical_id'], columns: { ignored_text: 'text' }, overwritten };
/** Reasons of failures, refunds and disputes, as Stripe words them. */
export const newsTexts: PayloadTable = { table: 'recon.payment_news', key: ['fact_id'], columns: { reason: 'text' }, overwritten };
/** Texts of the errors for which messages were dead-lettered. SQL groups by their codes. */
export const letterTexts: PayloadTable = { table: 'recon.dead_letter', key: ['id'], columns: { text: 'text' }, overwritten };
/** What people said about dead letters. */
export const commentTexts: PayloadTable = { table: 'recon.dead_letter_comment', key: ['id'], columns: { text: 'text' }, overwritten };
/** What was said when dead letters were closed. */
export const closureTexts: PayloadTable = { table: 'recon.dead_letter_closure', key: ['item_id'], columns: { text: 'text' }, overwritten };

/** Lines of requested documents. Which tables they are of stays readable: the digest of the views says so. */
export const documentPayloads: PayloadTable = {
  table: 'recon.document',
  key: ['request_id'],
  columns: { lines: 'jsonb' },
  clear: { lines: (lines) => ({ tables: documentLines(lines).map(({ table }) => table) }) },
};

/** A text of a view as it is stored. @param row key of the row. */
export function sealedText(
  cipher: PayloadCipher,
  { table, column }: { readonly table: PayloadTable; readonly column: string },
  row: readonly string[],
  text: string | null,
): string | null {
  return text === null ? null : cipher.sealText(payloadPlace(table, column, row), text);
}

/** Such a text as it was; where it cannot be decrypted, a sentence that says why: no list or page fails for it. */
export function shownText(
  cipher: PayloadCipher,
  { table, column }: { readonly table: PayloadTable; readonly column: string },
  row: readonly string[],
  stored: string | null,
): string | null {
  if (stored === null) return null;
  try {
    return cipher.openText(payloadPlace(table, column, row), stored);
  } catch (error) {
    if (!isPayloadProblem(error)) throw error;
    return error.message;
  }
}

/** Lines of a document as they are stored. @param lines JSON. */
export function sealedLines(cipher: PayloadCipher, requestId: string, lines: string): string {
  return cipher.sealJson(
    payloadPlace(documentPayloads, 'lines', [requestId]),
    lines,
    clearMembers(documentPayloads, 'lines', JSON.parse(lines)),
  );
}

/** Such lines as they were; where they cannot be decrypted, lines of the same tables, the first with a sentence that says why. */
export function shownLines(cipher: PayloadCipher, requestId: string, stored: unknown): unknown {
  try {
    return cipher.openJson(payloadPlace(documentPayloads, 'lines', [requestId]), stored);
  } catch (error) {
    if (!isPayloadProblem(error)) throw error;
    const { tables = [] } = stored as { readonly tables?: readonly string[] };
    return tables.map((table, index) => ({ table, key: String(index + 1), fields: index === 0 ? { unreadable: error.message } : {} }));
  }
}
