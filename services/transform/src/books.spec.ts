import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileAssets, formatProblem, route } from '@tributary/mapping';
import type { AssetBundle } from '@tributary/mapping';
import type { PostingRequested } from '@tributary/contracts';
import type { Json } from './decide/stripe-model/stripe-event.js';
import type { Enrichment } from './decide/translate/enrichment.js';
import { fixture, objectOf, translateBody, withObject } from './testing/fixtures.js';

/**
 * From the bodies of Stripe to the postings of the shipped assets: what the books of an account say. Amounts by hand from the fixtures
 * (proof/fixtures/stripe) and from docs/books.md.
 */
const folder = new URL('../../../assets/', import.meta.url).pathname;
type Change = readonly [path: string, from: string, to: string];

function assets(...changes: Change[]): AssetBundle {
  const files = globSync('**/*.{yaml,csv}', { cwd: folder }).map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
  for (const [path, from] of changes)
    if (!files.some((file) => file.path.endsWith(path) && file.text.includes(from))) throw new Error(`${path} has no "${from}"`);
  const changed = files.map((file) =>
    changes.reduce((made, [path, from, to]) => (file.path.endsWith(path) ? { ...made, text: made.text.replace(from, to) } : made), file),
  );
  const compiled = compileAssets(changed);
  if (!compiled.ok) throw new Error(compiled.problems.map(formatProblem).join('\n'));
  return compiled.bundle;
}

function postings(bundle: AssetBundle, body: Json, enrichment: Enrichment = {}, answers: Record<string, string> = {}): PostingRequested[] {
  return translateBody(body, enrichment).facts.flatMap(({ eventId, event, value, sequence }) =>
    route(
      bundle,
      { eventId, eventType: event.type, value, sourceEventId: 'evt', sequence, answers: new Map(Object.entries(answers)) },
      0,
    ).postings.map(({ request }) => request),
  );
}

/** Role -> what it is debited (positive) or credited (negative) with, minor units. */
function sums(requests: readonly PostingRequested[]): Record<string, bigint> {
  const total: Record<string, bigint> = {};
  for (const { effect } of requests)
    for (const { role, debit, credit } of effect) total[role] = (total[role] ?? 0n) + (debit?.minor ?? 0n) - (credit?.minor ?? 0n);
  return total;
}

const effectOf = (request: PostingRequested | undefined): string[] =>
  (request?.effect ?? []).map(
    ({ role, account, debit, credit }) => `${role} ${account} ${debit ? `debit ${debit.minor}` : `credit ${credit?.minor}`}`,
  );

const profile = 'profiles/kinetic-main.yaml';
const completed = fixture('events/payout.reconciliation_completed.json');
const movements = { payout_movements: objectOf(fixture('lists/balance_transactions_payout_usd.json')) };
const disputeWithPayout: Change = [profile, 'dispute: movement', 'dispute: payout'];
const failureWithPayout: Change = [profile, 'refund-failure: movement', 'refund-failure: payout'];

describe('the payout of 2,843.01 USD', () => {
  // docs/books.md, "A payout": 17 movements of 9 types.
  it('is one journal, when everything that is no document is booked with the payout', () => {
    const [journal, ...more] = postings(assets(disputeWithPayout, failureWithPayout), completed, movements);
    expect(more).toEqual([]);
    expect(journal).toMatchObject({
      postingKey: 'kinetic-main/journal/po_1Tu9UwUFxA9Kd7NwT90C4N1er',
      kind: 'journal',
      shape: 'epicor-kinetic/journal',
      fields: { JEDate: '2026-09-09', Description: 'Stripe payout po_1Tu9UwUFxA9Kd', CurrencyCode: 'USD' },
      amount: { minor: 343_581n, currency: 'USD' },
    });
    expect(effectOf(journal).sort()).toEqual(
      [
        'BANK 1010-00-00 debit 284301',
        'FEE 6210-00-00 debit 5687',
        'FEE-DISPUTE 6211-00-00 debit 1500',
        'TAX-ON-FEES 6212-00-00 debit 93',
        'RCV-RESERVE 1295-00-00 debit 20000',
        'RCV-DISPUTE 1290-00-00 debit 32000',
        'RCV-DISPUTE 1290-00-00 credit 15000',
        'PAY-REFUND 2150-00-00 credit 6400',
        'CLR 1150-00-00 credit 322181',
      ].sort(),
    );
    expect(
      journal?.lines.map(({ table, key, fields }) => [table, key, fields.GLAccount, fields.DebitAmount ?? `-${fields.CreditAmount}`]),
    ).toContainEqual(['GLJrnDtlMnl', 'FEE-debit', '6210-00-00', '56.87']);
  });

  const withdrawn = fixture('events/charge.dispute.funds_withdrawn.json');
  const reinstated = withObject(fixture('events/charge.dispute.funds_reinstated.json'), {
    id: 'du_1TroNPiFxA9Kd7NwTZlfaqOM6',
    balance_transactions: [
      {
        id: 'txn_1',
        amount: -15_000,
        fee: 0,
        net: -15_000,
        currency: 'usd',
        type: 'adjustment',
        reporting_category: 'dispute',
        fee_details: [],
      },
      {
        id: 'txn_1TLwL9OFxA9Kd7NwTkWe0IVtS',
        amount: 15_000,
        fee: 0,
        net: 15_000,
        currency: 'usd',
        type: 'adjustment',
        reporting_category: 'dispute_reversal',
        fee_details: [],
      },
    ],
  });

  it('comes to the same, when disputes and failed refunds are booked as they happen', () => {
    const whole = postings(assets(disputeWithPayout, failureWithPayout), completed, movements);
    const shipped = assets();
    const parts = [completed, withdrawn, reinstated, fixture('events/refund.failed.json')].flatMap((body) =>
      postings(shipped, body, body === completed ? movements : {}).filter(({ kind }) => kind === 'journal'),
    );
    expect(parts.map(({ postingKey }) => postingKey)).toEqual([
      'kinetic-main/journal/po_1Tu9UwUFxA9Kd7NwT90C4N1er',
      'kinetic-main/journal/du_1TQVMTqFxA9Kd7NwTBm7WYJJG/withdrawn',
      'kinetic-main/journal/du_1TroNPiFxA9Kd7NwTZlfaqOM6/reinstated',
      'kinetic-main/journal/re_3T3mDv2FxA9Kd7NwT0JL28XPD/failed',
    ]);
    expect(sums(parts)).toEqual(sums(whole));
    expect(sums(parts)).toMatchObject({ CLR: -322_181n, 'RCV-DISPUTE': 17_000n });
  });

  it('leaves the clearing account at zero with the receipts and refunds of its movements', () => {
    // Receipts 3,785.81 (the GBP charge with the 107.52 that Stripe settled), refunds 564.00: sums of the fixture's charges and refunds.
    const clearing = sums(postings(assets(disputeWithPayout, failureWithPayout), completed, movements)).CLR ?? 0n;
    expect(378_581n - 56_400n + clearing).toBe(0n);
  });

  it('is asked about when its movements do not add up', () => {
    const list = fixture('lists/balance_transactions_payout_usd.json');
    const data = (list.data as { type: string }[]).filter(({ type }) => type !== 'tax_fee');
    expect(() => postings(assets(), completed, { payout_movements: objectOf({ ...list, data }) })).toThrow(
      expect.objectContaining({ code: 'payout.unexplained', disposition: 'hold' }),
    );
  });

  it('puts a type that nobody knows into suspense, so that the payout balances', () => {
    const list = fixture('lists/balance_transactions_payout_usd.json');
    const data = (list.data as { type: string }[]).map((row) =>
      row.type === 'tax_fee' ? { ...row, type: 'type_53', reporting_category: 'type_53' } : row,
    );
    expect(sums(postings(assets(), completed, { payout_movements: objectOf({ ...list, data }) }))).toMatchObject({
      OTH: 93n,
      BANK: 284_301n,
    });
  });

  it('is a bank transfer beside the journal, where the profile says so', () => {
    const [journal, transfer] = postings(
      assets([profile, 'payout: journal', 'payout: bank-transfer'], disputeWithPayout, failureWithPayout),
      completed,
      movements,
    );
    expect(sums(journal ? [journal] : [])).not.toHaveProperty('BANK');
    expect(transfer).toMatchObject({
      postingKey: 'kinetic-main/journal/po_1Tu9UwUFxA9Kd7NwT90C4N1er/transfer',
      shape: 'epicor-kinetic/bank-transfer',
      fields: { BankAcctID: 'STR-USD', ToBankAcctID: 'BANK-USD', DocTranAmt: '2843.01', TranDate: '2026-09-09' },
    });
    expect(effectOf(transfer)).toEqual(['BANK 1010-00-00 debit 284301', 'CLR 1150-00-00 credit 284301']);
    expect(sums([journal, transfer].flatMap((one) => one ?? [])).CLR).toBe(-322_181n);
  });
});

describe('other payouts', () => {
  it('manual ones book what the bank gets', () => {
    const [journal] = postings(assets(), fixture('events/payout.paid.manual.json'));
    expect(journal?.postingKey).toBe('kinetic-main/journal/po_1TTqJDdFxA9Kd7NwTtQeDmmPs');
    expect(effectOf(journal)).toEqual(['BANK 1010-00-00 debit 100000', 'CLR 1150-00-00 credit 100000']);
  });

  it('failed ones are reversed, once the payout is booked', () => {
    const [journal] = postings(assets(), fixture('events/payout.failed.json'));
    expect(journal).toMatchObject({
      postingKey: 'kinetic-main/journal/po_1TjmB63FxA9Kd7NwTX9V3OOep/reversed',
      needs: [
        { postingKey: 'kinetic-main/journal/po_1TjmB63FxA9Kd7NwTX9V3OOep', until: 'saved', ifNeverAsked: 'hold', afterMs: 604_800_000n },
      ],
    });
    expect(effectOf(journal)).toEqual(['BANK 1011-00-00 credit 12768', 'CLR 1151-00-00 debit 12768']);
  });
});

describe('disputes', () => {
  it('take their amount and fee, give the amount back when won, and are a loss when lost', () => {
    const bundle = assets();
    const [taken] = postings(bundle, fixture('events/charge.dispute.funds_withdrawn.json'));
    expect(effectOf(taken)).toEqual([
      'RCV-DISPUTE 1290-00-00 debit 32000',
      'FEE-DISPUTE 6211-00-00 debit 1500',
      'CLR 1150-00-00 credit 33500',
    ]);
    const [won] = postings(bundle, fixture('events/charge.dispute.funds_reinstated.json'));
    expect(effectOf(won)).toEqual(['RCV-DISPUTE 1290-00-00 credit 32000', 'CLR 1150-00-00 debit 32000']);
    const [lost] = postings(bundle, fixture('events/charge.dispute.closed.lost.json'));
    expect(lost).toMatchObject({ postingKey: 'kinetic-main/journal/du_1Tj5ZxwFxA9Kd7NwTcQsZ34ZJ/lost' });
    expect(effectOf(lost)).toEqual(['LOSS-DISPUTE 6290-00-00 debit 18500', 'RCV-DISPUTE 1290-00-00 credit 18500']);
  });

  it.each([
    'charge.dispute.created.json',
    'charge.dispute.created.inquiry.json',
    'charge.dispute.updated.json',
    'charge.dispute.closed.json',
  ])('book nothing where no money moves: %s', (file) => {
    expect(postings(assets(), fixture(`events/${file}`))).toEqual([]);
  });

  it('that are taken again after an appeal have a journal of their own', () => {
    const body = fixture('events/charge.dispute.funds_withdrawn.json');
    const row = (id: string, amount: number) => ({
      id,
      amount,
      fee: 0,
      net: amount,
      currency: 'usd',
      type: 'adjustment',
      reporting_category: amount < 0 ? 'dispute' : 'dispute_reversal',
      fee_details: [],
    });
    const again = withObject(body, { balance_transactions: [row('txn_a', -32_000), row('txn_b', 32_000), row('txn_c', -32_000)] });
    expect(postings(assets(), again).map(({ postingKey }) => postingKey)).toEqual([
      'kinetic-main/journal/du_1TQVMTqFxA9Kd7NwTBm7WYJJG/withdrawn-2',
    ]);
  });
});

describe('refunds', () => {
  const first = fixture('events/refund.created.json');
  const second = fixture('events/refund.created.second.json');
  const objectIn = (body: Json): Json => (body.data as { object: Json }).object;
  const read: Enrichment = {
    charge: objectOf(objectIn(fixture('events/charge.refunded.full.json'))),
    charge_refunds: objectOf({ data: [objectIn(second), objectIn(first)] }),
  };
  const receipt = 'kinetic-main/cash-receipt/ch_3TsfRGZFxA9Kd7NwT0OUkhi1i';

  it('of receipts on account are paid from what is left of the receipt, once that is released', () => {
    const [money, settle, ...more] = postings(assets(), first, read);
    expect(more).toEqual([]);
    expect(money).toMatchObject({
      postingKey: 'kinetic-main/refund-payment/re_3Ts5H68FxA9Kd7NwT0f9YJ8gp',
      needs: [
        { postingKey: receipt, until: 'released', ifNeverAsked: 'hold', afterMs: 172_800_000n },
        { postingKey: 'kinetic-main/customer/cus_upquNHnKxoIQFO', until: 'saved', ifNeverAsked: 'hold' },
      ],
      fields: {
        InvoiceType: 'Mis',
        CreditMemo: false,
        CurrencyCode: 'USD',
        InvoiceDate: '2026-09-03',
        StripeRefundID_c: 're_3Ts5H68FxA9Kd7NwT0f9YJ8gp',
      },
      lines: [
        {
          table: 'InvcDtl',
          key: '1',
          fields: { LineDesc: 'Refund paid by Stripe', SellingShipQty: '1', DocUnitPrice: '120.00', StripeLineKey_c: '1' },
        },
        { table: 'InvcDtlTGLC', key: '1', fields: { GLAccount: '1150-00-00' } },
      ],
    });
    expect(effectOf(money)).toEqual(['AR 1100-00-00 debit 12000', 'CLR 1150-00-00 credit 12000']);
    expect(settle).toMatchObject({
      postingKey: 'kinetic-main/application/re_3Ts5H68FxA9Kd7NwT0f9YJ8gp',
      fields: { DocTranAmt: '120.00', CurrencyCode: 'USD' },
      references: [
        { field: 'CashGroupID', postingKey: receipt, attribute: 'GroupID' },
        { field: 'CashHeadNum', postingKey: receipt, attribute: 'HeadNum' },
        { field: 'InvoiceNum', postingKey: money?.postingKey, attribute: 'InvoiceNum' },
      ],
    });
    expect(settle?.needs.map(({ postingKey, until }) => [postingKey, until])).toEqual([
      [money?.postingKey, 'released'],
      [receipt, 'released'],
    ]);
  });

  const invoiced = (): AssetBundle => assets([profile, 'sales: receipts', 'sales: invoiced']);

  // docs/books.md, "Who posts what": 120.00 of 500.00, then 380.00: RET 500.00, and the clearing account less 500.00.
  it('of invoiced sales are a credit memo, its payment, and the settlement of the two', () => {
    const partial = postings(invoiced(), first, read);
    expect(partial.map(({ postingKey }) => postingKey)).toEqual(
      ['credit-memo', 'refund-payment', 'application'].map((kind) => `kinetic-main/${kind}/re_3Ts5H68FxA9Kd7NwT0f9YJ8gp`),
    );
    const [memo, , settle] = partial;
    expect(memo).toMatchObject({
      fields: { CreditMemo: true, CMReason: 'RC01', InvoiceType: 'Mis', PONum: 'WEB-1003' },
      amount: { minor: 12_000n, currency: 'USD' },
    });
    expect(memo?.lines).toEqual([
      {
        table: 'InvcDtl',
        key: 'refund',
        fields: { LineDesc: 'Refund', SellingShipQty: '1', DocUnitPrice: '120.00', StripeLineKey_c: 'refund' },
      },
      { table: 'InvcDtlTGLC', key: 'refund', fields: { GLAccount: '4900-00-00' } },
    ]);
    expect(effectOf(memo)).toEqual(['RET 4900-00-00 debit 12000', 'AR 1100-00-00 credit 12000']);
    expect(settle?.references.map(({ field, attribute }) => [field, attribute])).toEqual([
      ['CMInvoiceNum', 'InvoiceNum'],
      ['InvoiceNum', 'InvoiceNum'],
    ]);
    expect(sums([...partial, ...postings(invoiced(), second, read)])).toEqual({ RET: 50_000n, AR: 0n, CLR: -50_000n });
  });

  it('are the same whichever of their two events comes first', () => {
    const digests = (body: Json): string[] => postings(assets(), body, read).map(({ digest }) => digest);
    expect(digests({ ...first, type: 'refund.updated' })).toEqual(digests(first));
  });

  it('above the limit ask a person, and are posted or not as answered', () => {
    const limited = assets([profile, 'journals:\n', "limits: { refund: { USD: '119.99' } }\njournals:\n"]);
    expect(() => postings(limited, first, read)).toThrow(expect.objectContaining({ code: 'refund.approval', disposition: 'hold' }));
    expect(postings(limited, first, read, { 'refund.approval': 'post' })).toHaveLength(2);
    expect(postings(limited, first, read, { 'refund.approval': 'skip' })).toEqual([]);
    // An answer to another question, or one that is not offered, answers nothing.
    expect(() => postings(limited, first, read, { 'refund.sale-unknown': 'post' })).toThrow('above the limit');
    expect(() => postings(limited, first, read, { 'refund.approval': 'yes' })).toThrow('The answer "yes" is none of them');
    const exact = assets([profile, 'journals:\n', "limits: { refund: { USD: '120.00' } }\njournals:\n"]);
    expect(postings(exact, first, read)).toHaveLength(2);
  });

  it('larger than their payment ask a person', () => {
    const large = withObject(first, { amount: 50_001 });
    expect(() => postings(assets(), large, read)).toThrow(expect.objectContaining({ code: 'refund.too-large', disposition: 'hold' }));
  });

  it('of a sale of which nobody knows whether it was invoiced ask a person', () => {
    const mixed = assets([profile, 'sales: receipts', 'sales: mixed']);
    expect(() => postings(mixed, first)).toThrow(expect.objectContaining({ code: 'refund.sale-unknown' }));
    expect(postings(mixed, first, {}, { 'refund.sale-unknown': 'invoiced' }).map(({ kind }) => kind)).toContain('credit-memo');
    expect(postings(mixed, first, {}, { 'refund.sale-unknown': 'on-account' }).map(({ kind }) => kind)).not.toContain('credit-memo');
  });

  it('that fail later are owed to the customer', () => {
    const [journal] = postings(assets(), fixture('events/refund.failed.json'));
    expect(journal).toMatchObject({
      postingKey: 'kinetic-main/journal/re_3T3mDv2FxA9Kd7NwT0JL28XPD/failed',
      needs: [{ postingKey: 'kinetic-main/refund-payment/re_3T3mDv2FxA9Kd7NwT0JL28XPD', until: 'saved', ifNeverAsked: 'hold' }],
    });
    expect(effectOf(journal)).toEqual(['PAY-REFUND 2150-00-00 credit 6400', 'CLR 1150-00-00 debit 6400']);
  });
});

describe('policies', () => {
  it('a closed period moves the date only where the profile says so', () => {
    const moved = assets([profile, 'closedPeriod: hold', 'closedPeriod: next-open']);
    expect(postings(moved, fixture('events/payout.paid.manual.json')).map(({ onClosedPeriod }) => onClosedPeriod)).toEqual(['next-open']);
    expect(postings(assets(), fixture('events/payout.paid.manual.json')).map(({ onClosedPeriod }) => onClosedPeriod)).toEqual([null]);
  });

  it('a warning of fraud asks a person where the profile says so, and books nothing otherwise', () => {
    const warning = fixture('events/radar.early_fraud_warning.created.json');
    expect(postings(assets(), warning)).toEqual([]);
    const asking = assets([profile, 'fraudWarning: ignore', 'fraudWarning: hold']);
    expect(() => postings(asking, warning)).toThrow(expect.objectContaining({ code: 'fraud.warning', disposition: 'hold' }));
    expect(postings(asking, warning, {}, { 'fraud.warning': 'skip' })).toEqual([]);
  });
});
