import fc from 'fast-check';
import { amountLine } from './amount.js';
import { setCompanyFormat, shownZone } from './company-format.js';
import { countText } from './text.js';
import { dateOf, timeOf } from './time.js';

afterEach(() => setCompanyFormat({ locale: null, timeZone: null }));

const amount = (text: string, currency: string) => ({ minor: text.replace('.', ''), currency, text, exact: true });

// Expected values: the number patterns that Unicode lists for these locales.
it.each([
  [null, '1,234,567.80 USD', '-12,345 JPY', '1,234.500 KWD', '1,234'],
  ['en-US', '1,234,567.80 USD', '-12,345 JPY', '1,234.500 KWD', '1,234'],
  ['de-DE', '1.234.567,80 USD', '-12.345 JPY', '1.234,500 KWD', '1.234'],
  ['en-IN', '12,34,567.80 USD', '-12,345 JPY', '1,234.500 KWD', '1,234'],
  ['es-ES', '1.234.567,80 USD', '-12.345 JPY', '1.234,500 KWD', '1.234'],
  ['ar-EG', '1,234,567.80 USD', '-12,345 JPY', '1,234.500 KWD', '1,234'],
])('%s writes amounts with the decimals of their currency, and counts the same way', (locale, usd, jpy, kwd, count) => {
  setCompanyFormat({ locale, timeZone: null });
  expect(amountLine(amount('1234567.80', 'USD'))).toBe(usd);
  expect(amountLine(amount('-12345', 'JPY'))).toBe(jpy);
  expect(amountLine(amount('1234.500', 'KWD'))).toBe(kwd);
  expect(countText(1_234)).toBe(count);
});

it('dates are days of the company, and times name its zone', () => {
  setCompanyFormat({ locale: 'de-DE', timeZone: 'America/New_York' });
  expect(dateOf('2026-11-21T03:31:39Z')).toBe('20. Nov. 2026');
  expect(timeOf('2026-11-21T03:31:39Z')).toBe('22:31:39 GMT-5');
});

it('a locale or a zone that the browser does not know counts as not said', () => {
  setCompanyFormat({ locale: 'no locale at all', timeZone: null });
  expect(amountLine(amount('1234.50', 'USD'))).toBe('1,234.50 USD');
  setCompanyFormat({ locale: 'de-DE', timeZone: 'Nowhere/At_All' });
  expect(amountLine(amount('1234.50', 'USD'))).toBe('1,234.50 USD');
});

it('no digit of an amount is lost in any format, however long it is', () => {
  const text = fc
    .tuple(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.stringMatching(/^\d{2}$/))
    .map(([whole, cents]) => `${whole}.${cents}`);
  fc.assert(
    fc.property(text, fc.constantFrom('en-US', 'de-DE', 'de-CH', 'en-IN', 'fr-FR', 'pl-PL', 'ar-EG', 'fa-IR'), (decimal, locale) => {
      setCompanyFormat({ locale, timeZone: null });
      const digits = amountLine(amount(decimal, 'USD')).replace(/[^\d-]/g, '');
      expect(digits).toBe(decimal.replace('.', ''));
    }),
  );
});

it('names the zone of the company, and that of the reader while none is said or known', () => {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  setCompanyFormat({ locale: 'en-US', timeZone: 'America/New_York' });
  expect(shownZone()).toBe('America/New_York');
  setCompanyFormat({ locale: 'en-US', timeZone: 'Nowhere/At_All' });
  expect(shownZone()).toBe(own);
  setCompanyFormat({ locale: null, timeZone: null });
  expect(shownZone()).toBe(own);
});
