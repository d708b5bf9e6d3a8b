import { ok } from '../answers.js';
import type { Call, Route } from '../call.js';

/** Families of this server, in the order of section 2 [verified]. */
const families = [
  'accounting/exchangerates',
  'accounting/gl',
  'entity/addresses',
  'entity/contacts',
  'entity/customers',
  'extensibility/userdefinedfields',
  'inventory/parts',
  'sales/orders',
];

/** Collections, which are answered under their name with a slash at the end only. */
const collections = new RegExp(`^/api/(${families.join('|')}|ui/router/v1)$`);

/** 307 for a collection without its slash: docs/reference/prophet21.md sections 2 and 6 [verified]; that POST is answered so too is assumed. */
export function redirectOf(path: string, search: string): string | undefined {
  return collections.test(path) ? `${path}/${search}` : undefined;
}

/** The UI server is discovered: section 2 [verified]. */
function router(call: Call) {
  return ok({ Url: `${String(call.query.get('origin') ?? '')}/${call.config.uiServer}` });
}

/** Names of the properties of a rate are assumed: the source saw an empty list. */
function exchangeRates(call: Call) {
  const { config, transaction } = call;
  const rates = [...config.exchangeRates].flatMap(([currency, rate]) => {
    const row = transaction.rows('currency_hdr').find(({ currency_desc: name }) => name === currency);
    return row ? [{ CurrencyId: row.currency_id, ExchangeRate: Number(rate) / 1_000_000 }] : [];
  });
  return ok({ list: rates });
}

/** What is there beside the families of rows: the router, the list of families, exchange rates. */
export const baseRoutes: readonly Route[] = [
  { method: 'GET', path: /^\/api\/ui\/router\/v1\/$/, service: 'router', handler: router },
  {
    method: 'GET',
    path: /^\/docs\/apiref\.aspx$/,
    service: 'docs',
    operation: () => 'apiref',
    handler: () => ({ status: 200, body: `<ul>${families.map((name) => `<li>/api/${name}/</li>`).join('')}</ul>` }),
  },
  {
    method: 'GET',
    path: /^\/api\/accounting\/exchangerates\/$/,
    service: 'accounting/exchangerates',
    operation: () => 'list',
    handler: exchangeRates,
  },
];
