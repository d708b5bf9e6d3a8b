import { isPayloadProblem, payloadPlace } from '@tributary/persistence';
import type { PayloadCipher, PayloadTable } from '@tributary/persistence';

/** Names of those who paid. */
export const paymentPayloads: PayloadTable = { table: 'recon.payment', key: ['charge_id', 'part'], columns: { customer_name: 'text' } };
/** What an ERP answered last about a posting. */
export const postingPayloads: PayloadTable = { table: 'recon.posting', key: ['request_id'], columns: { text: 'text' } };
/** What an ERP answered each time. */
export const outcomePayloads: PayloadTable = { table: 'recon.outcome', key: ['outcome_id'], columns: { text: 'text' } };

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
