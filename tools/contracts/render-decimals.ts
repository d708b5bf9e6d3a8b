import { currenciesWithOtherDecimals, ledgerDecimals, minorUnitExponent } from '@tributary/domain';

/** docs/data/decimals.csv: decimals of the integers in topics and of amounts in a ledger. `*` stands for every currency without a row. */
export function renderDecimals(): string {
  const rows = currenciesWithOtherDecimals.map((currency) => [currency, minorUnitExponent(currency), ledgerDecimals(currency)].join(','));
  return `${['currency,minor_unit_decimals,ledger_decimals', '*,2,2', ...rows].join('\n')}\n`;
}
