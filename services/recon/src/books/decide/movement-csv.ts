import type { MovementView } from '@tributary/contracts';
import { amountCell, CsvSheet } from '../../shared/decide/csv-sheet.js';

/** The file of movements of Stripe's balance. A movement has one currency, that of settlement. */
export const movementSheet = new CsvSheet<MovementView>({
  'at (UTC)': ({ at }) => at,
  movement: ({ id }) => id,
  type: ({ type }) => type,
  category: ({ category }) => category,
  gross: ({ gross }) => amountCell(gross),
  fee: ({ fee }) => amountCell(fee),
  net: ({ net }) => amountCell(net),
  counted: ({ counted }) => amountCell(counted),
  currency: ({ net }) => net.currency,
  about: ({ about }) => about,
  payout: ({ payoutId }) => payoutId,
});
