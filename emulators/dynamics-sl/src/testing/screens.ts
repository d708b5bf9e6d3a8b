import type { Json } from './sl-client.js';

/** A document of 08.010 with one line for each account and amount. */
export function memoScreen(DocType: string, lines: readonly (readonly [acct: string, amount: number])[], more: Json = {}): Json {
  const sum = Math.round(lines.reduce((all, [, amount]) => all + amount * 1000, 0)) / 1000;
  return {
    batchHandling: 'Hold',
    myBatch: { CuryCtrlTot: sum },
    myARDoc: { CustId: 'ACME', DocType, DocDate: '11/20/2026', Terms: '30', CuryOrigDocAmt: sum, CuryId: 'USD', ...more },
    myARTran: lines.map(([Acct, CuryTranAmt]) => ({ TranType: DocType, Acct, Sub: '000000000000', CuryTranAmt, TranDesc: 'Line' })),
  };
}

/** A payment of 08.050. */
export function paymentScreen(RefNbr: string, amount: number, more: Json = {}): Json {
  return {
    batchHandling: 'Hold',
    myBatch: { CuryCtrlTot: amount, CuryCrTot: amount },
    myARDoc: {
      CustId: 'ACME',
      DocType: 'PA',
      RefNbr,
      DocDate: '11/20/2026',
      CuryId: 'USD',
      BankAcct: '1150',
      BankSub: '000000000000',
      CuryOrigDocAmt: amount,
      ...more,
    },
    myARTran: [{ SiteId: RefNbr, TranType: 'PA', CuryTranAmt: amount, TranDesc: 'Stripe charge' }],
  };
}

/** A journal of 01.010; debits positive. */
export function journalScreen(lines: readonly (readonly [acct: string, amount: number])[], more: Json = {}): Json {
  return {
    batchHandling: 'Hold',
    myBatch: { DateEnt: '11/20/2026', PerPost: '202611', CuryId: 'USD', ...more },
    myGLTran: lines.map(([Acct, amount], LineNbr) => ({
      CpnyID: '0060',
      Acct,
      Sub: '000000000000',
      CuryDrAmt: amount > 0 ? amount : 0,
      CuryCrAmt: amount < 0 ? -amount : 0,
      LineNbr,
      TranDesc: 'payout',
    })),
  };
}

/** An application of 08.030 of one document to another. */
export function applicationScreen(
  paying: readonly [type: string, refNbr: string],
  paid: readonly [type: string, refNbr: string],
  amount: number,
): Json {
  return {
    batchHandling: 'Hold',
    myBatch: { DateEnt: '11/21/2026', CuryCtrlTot: amount },
    myARDoc: { CustId: 'ACME', DocType: paying[0], RefNbr: paying[1] },
    myARTran: [{ SiteId: paid[1], CostType: paid[0], CuryTranAmt: amount, User1: 're_1' }],
  };
}
