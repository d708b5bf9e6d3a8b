import { currencyRows } from '../stack/currencies.js';

/** docs/data/decimals.csv: the rows of `reference.currencies.v1`. `*` stands for every currency without a row. */
export function renderDecimals(): string {
  const rows = currencyRows().map((row) => [row.currency, row.minorUnitDecimals, row.ledgerDecimals].join(','));
  return `${['currency,minor_unit_decimals,ledger_decimals', ...rows].join('\n')}\n`;
}
