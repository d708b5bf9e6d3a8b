import { checkKinetic } from './kinetic-check.js';
import { KineticClient } from '../kinetic-client.js';
import { loadKineticConfig } from '../kinetic.config.js';

const now = Date.UTC(2026, 10, 20, 12, 0, 0);
const config = loadKineticConfig({
  KINETIC_URL: 'https://erp.example.test/kinetic',
  KINETIC_COMPANY: 'EPIC06',
  KINETIC_USER: 'u',
  KINETIC_PASSWORD: 'a-password',
  KINETIC_API_KEY: 'a-key',
});

/** The one period of the company: section 6.9 of the reference. */
const rowsOf = (url: string): object[] =>
  url.includes('GLBookPerSearches') ? [{ StartDate: '2026-01-01T00:00:00', EndDate: '2026-12-31T00:00:00', ClosedPeriod: false }] : [];

/** Findings that are not as they should be, of a company that answers each address by a function. */
async function problems(
  answer: (path: string) => { status: number; text?: string },
  customFields: Record<string, string[]> = {},
  date = 'Fri, 20 Nov 2026 12:00:01 GMT',
): Promise<string[]> {
  const client = new KineticClient(config, (url) => {
    const { status, text = 'no' } = answer(decodeURIComponent(url));
    // Kinetic answers rows where it has any; this company has one year, which is open.
    const rows = rowsOf(url);
    const body = status === 200 ? { value: rows } : { ErrorMessage: text, ErrorType: 'Ice.Common.BusinessObjectException' };
    return Promise.resolve(new Response(JSON.stringify(body), { status, headers: { date } }));
  });
  const needs = { customFields: new Map(Object.entries(customFields).map(([kind, names]) => [kind, new Set(names)])) };
  const found = await checkKinetic({ client, config }, needs, () => now, new AbortController().signal);
  expect(JSON.stringify(found)).not.toMatch(/a-password|a-key/);
  expect(found.filter(({ level }) => level === 'ok').every(({ fix }) => fix === '')).toBe(true);
  return found.filter(({ level }) => level !== 'ok' && level !== 'unknown').map(({ level, about, text }) => `${level} ${about}: ${text}`);
}

it('finds nothing wrong with a company that answers', async () => {
  expect(await problems(() => ({ status: 200 }), { customer: ['StripePostingKey_c'] })).toEqual([]);
});

it('a wrong login is the one finding', async () => {
  expect(await problems(() => ({ status: 401, text: 'Invalid username or password.' }))).toEqual([
    'missing login: the login u or the API key is refused: Erp.BO.CustomerSvc/Customers: HTTP 401: Invalid username or password.',
  ]);
});

it('names a service that the access scope lacks, and one that is not there', async () => {
  const found = await problems((path) => ({ status: path.includes('CashRecSvc') ? 403 : path.includes('GLJrnGrpSvc') ? 404 : 200 }));
  expect(found).toEqual([
    'missing right: Erp.BO.CashRecSvc/CashRecs may not be read: Erp.BO.CashRecSvc/CashRecs: HTTP 403: no',
    'missing service: Erp.BO.GLJrnGrpSvc/GLJrnGrps is not there: Erp.BO.GLJrnGrpSvc/GLJrnGrps: HTTP 404: no',
  ]);
});

it('names a column that the site did not add', async () => {
  const found = await problems((path) => ({ status: path.includes('Region_c') ? 400 : 200 }), {
    customer: ['StripePostingKey_c', 'Region_c'],
  });
  expect(found).toEqual(['missing custom-field: column Region_c of Customer is missing.']);
});

it('a clock that is an hour off is a finding', async () => {
  expect(await problems(() => ({ status: 200 }), {}, 'Fri, 20 Nov 2026 13:00:01 GMT')).toEqual([
    'warning clock: The clock of the target is 60 minutes ahead of ours.',
  ]);
});

it('a company that does not answer is the one finding', async () => {
  const client = new KineticClient(config, () => Promise.reject(new TypeError('fetch failed')));
  const found = await checkKinetic({ client, config }, {}, () => now, new AbortController().signal);
  expect(found.map(({ level, about }) => [level, about])).toEqual([['missing', 'login']]);
});
