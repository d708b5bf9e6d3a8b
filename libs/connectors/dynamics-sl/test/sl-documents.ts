import type { ErpDocument, ErpReference } from '@tributary/connector-kit';
import { postingKey } from '@tributary/domain';
import type { SlConfig } from '../src/index.js';
import { loadSlConfig } from '../src/index.js';

/** The target of these specs. */
export const target = 'sl-main';
/** An open day. */
export const day = '2026-11-20';
const sub = '000000000000';
const cents = '100.00';

/** How the connector reaches the emulator. */
export function slConfig(origin: string, more: NodeJS.ProcessEnv = {}): SlConfig {
  return loadSlConfig({
    SL_URL: `${origin}/sl`,
    SL_COMPANY: '0060',
    SL_USER: 'tributary',
    SL_PASSWORD: 'demo-password',
    SL_SITE_KEY: 'demo-site-key',
    SL_LICENCE_KEY: 'demo-licence-key',
    SL_CALL_TIMEOUT_MS: '10000',
    ...more,
  });
}

type Change = Partial<Omit<ErpDocument, 'fields'>> & { readonly fields?: ErpDocument['fields'] };

function aDocument(kind: string, id: string, fields: ErpDocument['fields'], { fields: more, ...change }: Change): ErpDocument {
  return {
    postingKey: postingKey({ target, kind, sourceId: id }),
    kind,
    shape: `dynamics-sl/${kind}`,
    lines: [],
    protocol: 'create-once',
    ...change,
    fields: { ...fields, ...more },
  };
}

/** A customer. `id` is a Stripe customer id. */
export function aCustomer(id: string, change: Change = {}): ErpDocument {
  const EMailAddr = `${id.toLowerCase().replace(/\W/g, '-')}@payers.example`;
  return aDocument(
    'customer',
    id,
    { Name: `Customer ${id}`, EMailAddr, ClassId: 'STRIPE', CuryId: 'USD' },
    { protocol: 'ensure', ...change },
  );
}

/** A payment on the USD account of the Stripe balance. */
export function aReceipt(id: string, { CustId = '' }: ErpReference, change: Change = {}): ErpDocument {
  const fields = { CustId, DocDate: day, CuryId: 'USD', CuryOrigDocAmt: cents, BankAcct: '1150', BankSub: sub, DocDesc: 'Payment' };
  return aDocument('cash-receipt', id, fields, change);
}

/** An invoice or memo of two lines. */
export function aMemo(
  kind: 'invoice' | 'credit-memo' | 'refund-payment',
  id: string,
  { CustId = '' }: ErpReference,
  change: Change = {},
): ErpDocument {
  const DocType = { invoice: 'IN', 'credit-memo': 'CM', 'refund-payment': 'DM' }[kind];
  const Acct = kind === 'refund-payment' ? '1150' : '4900';
  const line = (key: string, CuryTranAmt: string) => ({
    table: 'ARTran',
    key,
    fields: { Acct, Sub: sub, CuryTranAmt, TranDesc: `Line ${key}` },
  });
  const fields = { CustId, DocType, DocDate: day, CuryId: 'USD', CuryOrigDocAmt: cents, DocDesc: 'Memo' };
  return aDocument(kind, id, fields, { lines: [line('1', '60.00'), line('2', '40.00')], ...change });
}

/** A journal of three lines. */
export function aJournal(id: string, change: Change = {}): ErpDocument {
  const line = (key: string, Acct: string, amounts: Record<string, string>) => ({
    table: 'GLTran',
    key,
    fields: { Acct, Sub: sub, ...amounts },
  });
  const lines = [
    line('FEE-debit', '6210', { CuryDrAmt: '2.00' }),
    line('BANK-debit', '1010', { CuryDrAmt: '98.00' }),
    line('CLR-credit', '1150', { CuryCrAmt: cents }),
  ];
  return aDocument('journal', id, { TranDate: day, CuryId: 'USD', Descr: 'Stripe payout' }, { lines, ...change });
}

/** A payment applied to another document. */
export function anApplication(id: string, from: ErpReference, to: ErpReference, change: Change = {}): ErpDocument {
  const fields = {
    CustId: to.CustId ?? '',
    DocType: from.DocType ?? '',
    RefNbr: from.RefNbr ?? '',
    PaidDocType: to.DocType ?? '',
    PaidRefNbr: to.RefNbr ?? '',
    DocDate: day,
    CuryId: 'USD',
    CuryTranAmt: '30.00',
  };
  return aDocument('application', id, fields, change);
}
