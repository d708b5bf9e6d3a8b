import fc from 'fast-check';
import { compareEffect } from './compare-effect.js';
import type { EffectAmount } from './effect-sums.js';

const usd = (role: string, account: string | null, minor: bigint): EffectAmount => ({ role, account, currency: 'USD', minor });
const released = (entries: readonly EffectAmount[] | undefined, currency = 'USD') => ({ released: true, currency, entries });
const compare = (asked: readonly EffectAmount[], entries: readonly EffectAmount[] | undefined, currency?: string) =>
  compareEffect(asked, released(entries, currency), 'erp-main');

// A fee of 3.20 with 0.93 of tax, paid from the balance.
const fee = [usd('FEE', '6210', 320n), usd('TAX-ON-FEES', '6212', 93n), usd('CLR', '1150', -413n)];
// proof/books/golden/fx-settlement: 80.00 GBP that Stripe settled as 107.52 USD; the ERP's own rate is 1.25.
const settled = [usd('CLR', '1150', 10_752n), usd('AR', '1100', -10_752n)];
const settledInLedger = [usd('CLR', '1150', 10_752n), usd('AR', '1100', -10_000n), usd('FX-GAIN', '7100', -752n)];

it('the same accounts and amounts are matched, however the ledger splits them', () => {
  expect(compare(fee, [usd('CLR', '1150', -400n), usd('', '6212', 93n), usd('FEE', '6210', 320n), usd('CLR', '1150', -13n)])).toEqual({
    state: 'matched',
    text: null,
  });
});

it('another account is told with both sides and what to do', () => {
  const found = [usd('', '6990', 320n), usd('TAX-ON-FEES', '6212', 93n), usd('CLR', '1150', -413n)];
  expect(compare(fee, found)).toEqual({
    state: 'different',
    text:
      'FEE (6210): asked for 3.20 USD debit, the ledger has nothing in USD; 6990 (no role of the profile): nothing was asked for, ' +
      'the ledger has 3.20 USD debit. Correct the entry in the ledger, or the accounts in the profile if the ledger is right; ' +
      'a document that differs is read again every minute',
  });
});

it.each([
  ['not released', { released: false, currency: 'USD', entries: [] }, 'pending', null],
  ['entries not told', released(undefined), 'notCompared', /does not tell/],
  ['gone', undefined, 'missing', /no such document any more/],
  ['released without entries', released([]), 'different', /FEE \(6210\): asked for 3\.20 USD debit, the ledger has nothing in USD/],
] as const)('%s', (_name, found, state, text) => {
  const compared = compareEffect(fee, found, 'erp-main');
  expect(compared.state).toBe(state);
  if (text === null) expect(compared.text).toBeNull();
  else expect(compared.text).toMatch(text);
});

describe('rates of exchange', () => {
  it('a gain that the ERP finds comes out of the receivable', () => {
    expect(compare(settled, settledInLedger, 'GBP')).toEqual({ state: 'matched', text: null });
  });

  it('a document that needs no rate has no gain', () => {
    expect(compare(settled, settledInLedger, 'USD').state).toBe('different');
  });

  it('a gain does not stand for a receivable that is not there, nor for the clearing account', () => {
    expect(compare(settled, [usd('CLR', '1150', 10_752n), usd('FX-GAIN', '7100', -10_752n)], 'GBP').state).toBe('different');
    expect(compare(settled, [usd('FX-LOSS', '7110', 10_752n), usd('AR', '1100', -10_752n)], 'GBP').state).toBe('different');
  });

  const eur = (role: string, account: string, minor: bigint): EffectAmount => ({ role, account, currency: 'EUR', minor });
  it('entries in the currency of the ERP are compared by their proportions', () => {
    const inEur = [eur('FEE', '6210', 278n), eur('TAX-ON-FEES', '6212', 81n), eur('CLR', '1150', -359n)]; // 1.15 USD for 1 EUR, rounded
    expect(compare(fee, inEur)).toEqual({ state: 'matched', text: expect.stringContaining('proportions were compared') });
    const moved = [eur('FEE', '6210', 178n), eur('TAX-ON-FEES', '6212', 181n), eur('CLR', '1150', -359n)];
    expect(compare(fee, moved).state).toBe('different');
    expect(
      compare(
        fee,
        inEur.map((line) => ({ ...line, minor: -line.minor })),
      ).state,
    ).toBe('different');
    expect(compare(fee, [...inEur.slice(0, 2), eur('', '9999', -359n)]).state).toBe('different');
  });

  it('an application at two rates leaves a loss and nothing else', () => {
    const application = [usd('AR', '1100', 12_000n), usd('AR', '1100', -12_000n)];
    const found = [eur('AR', '1100', 10_435n), eur('AR', '1100', -10_400n), eur('FX-GAIN', '7100', -35n)];
    expect(compare(application, found).state).toBe('matched');
    expect(compare(application, [eur('', '2000', 10_435n), eur('', '2000', -10_435n)]).state).toBe('different');
  });
});

it('accounts that the ERP determines are what nobody named', () => {
  const asked = [usd('CLR', '1150', 500n), usd('AR', null, -500n)];
  expect(compare(asked, [usd('CLR', '1150', 500n), usd('', '1100', -300n), usd('', '1101', -200n)]).state).toBe('matched');
  expect(compare(asked, [usd('CLR', '1150', 400n), usd('', '1100', -400n)]).text).toMatch(
    /CLR \(1150\): asked for 5\.00 USD debit, the ledger has 4\.00 USD debit; AR \(account by the ERP\): asked for 5\.00 USD credit, the ledger has 4\.00 USD credit/,
  );
});

it('lines that were moved to another account and cancel out there are a difference', () => {
  const application = [usd('AR', '1100', 12_000n), usd('AR', '1100', -12_000n)];
  expect(compare(application, [usd('', '2000', 12_000n), usd('', '2000', -12_000n)])).toMatchObject({
    state: 'different',
    text: expect.stringContaining(
      '2000 (no role of the profile): nothing was asked for, the ledger has entries that cancel each other out',
    ),
  });
});

describe('any effect', () => {
  const accounts = ['1010', '1100', '1150', '4900', '6210', '6212'];
  const line = fc.record({
    account: fc.constantFrom(...accounts),
    currency: fc.constantFrom('USD', 'JPY'),
    minor: fc.bigInt({ min: 1n, max: 10n ** 12n }),
    debit: fc.boolean(),
  });
  const effect = fc.array(line, { minLength: 1, maxLength: 12 }).map((lines) =>
    lines.map(({ account, currency, minor, debit }): EffectAmount => ({
      role: `R${account}`,
      account,
      currency,
      minor: debit ? minor : -minor,
    })),
  );

  it('is matched by itself in any order', () => {
    fc.assert(
      fc.property(effect, fc.nat(), (asked, turn) => {
        const at = turn % asked.length;
        expect(compare(asked, [...asked.slice(at), ...asked.slice(0, at)])).toEqual({ state: 'matched', text: null });
      }),
    );
  });

  it('is different when one line stands on another account, on the other side, or over another amount', () => {
    fc.assert(
      fc.property(effect, fc.nat(), fc.constantFrom('account', 'side', 'amount'), (asked, nth, change) => {
        const found = asked.map((one, index) => {
          if (index !== nth % asked.length) return one;
          if (change === 'account') return { ...one, account: '6990', role: '' };
          return { ...one, minor: change === 'side' ? -one.minor : one.minor + 1n };
        });
        const compared = compare(asked, found);
        expect(compared.state).toBe('different');
        expect(compared.text).toContain('asked for');
      }),
    );
  });
});
