import type { ErpAccountBalance } from '@tributary/connector-kit';
import type { KineticClient } from './kinetic-client.js';
import { textOf } from './kinetic-json.js';

/**
 * Sums of the general ledger per account and currency, by a BAQ that the site installs (README.md): GLJrnDtl grouped by GLAccount and CurrencyCode.
 * Source: docs/reference/epicor-kinetic.md section 4.2 (names of columns of a BAQ).
 */
export async function readTrialBalance(client: KineticClient, signal: AbortSignal): Promise<ErpAccountBalance[]> {
  const rows = await client.baq('StripeTrialBalance', {}, signal);
  return rows.map((row) => ({
    account: textOf(row.GLJrnDtl_GLAccount),
    currency: textOf(row.GLJrnDtl_CurrencyCode),
    debit: textOf(row.Calculated_Debit),
    credit: textOf(row.Calculated_Credit),
  }));
}
