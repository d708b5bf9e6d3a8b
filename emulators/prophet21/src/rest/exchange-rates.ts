import { ok, P21Error } from '../answers.js';
import type { Call, Route } from '../call.js';
import { objectOf } from '../call.js';
import { homeCurrencyId } from '../ledger/currencies.js';

const millionths = 1_000_000;

/** The company's own rates. That the list is an array is verified (section 14), names of its properties are assumed: the source saw none. */
function list(call: Call) {
  const { config, transaction } = call;
  const ToCurrencyId = homeCurrencyId(call);
  const rates = transaction.rows('currency_hdr').flatMap((row) => {
    const rate = config.exchangeRates.get(String(row.iso));
    const same = row.currency_id === ToCurrencyId;
    return rate === undefined || same ? [] : [{ CurrencyId: row.currency_id, ToCurrencyId, ExchangeRate: Number(rate) / millionths }];
  });
  return ok(rates, 'ExchangeRate');
}

/** Only the refusal of equal currencies is known (section 14 [verified text]); everything else is refused too (assumed). */
function post(call: Call): never {
  const { CurrencyId, ToCurrencyId } = objectOf(call.body);
  const text = CurrencyId === ToCurrencyId ? 'The currencies cannot be the same. (-1)' : 'The exchange rate cannot be changed here.';
  throw new P21Error('server', text);
}

const family = { service: 'accounting/exchangerates' } as const;

/** `/api/accounting/exchangerates`. */
export const exchangeRateRoutes: readonly Route[] = [
  {
    ...family,
    method: 'GET',
    path: /^\/api\/accounting\/exchangerates\/ping$/,
    handler: () => ok({ ResponseMessage: 'success' }, 'PingResponse'),
  },
  { ...family, method: 'GET', path: /^\/api\/accounting\/exchangerates\/$/, operation: () => 'list', handler: list },
  { ...family, method: 'POST', path: /^\/api\/accounting\/exchangerates\/$/, operation: () => 'post', handler: post },
];
