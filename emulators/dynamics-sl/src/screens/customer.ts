import { Refusal } from '../answers.js';
import type { Input } from '../data/rows.js';
import { emptyRow, put, readRow, shown } from '../data/rows.js';
import type { Row, Transaction } from '../data/store.js';
import { tables } from '../tables/index.js';
import type { Call, Operation } from './call.js';
import { nextNumber, objectOf, reads, stamped, textOf, writes } from './call.js';
import { customerOf } from './document.js';

const screenNumber = '08260';

/** A customer comes as `myCustomer`, or as the body itself: section 5.1 [verified for POST; the other form assumed]. */
const customerIn = (args: Input): Input => objectOf(objectOf(args.body).myCustomer ?? args.body);

/** Name and ClassId are required, address too where the site says so: section 5.1 [verified: the documented minimum]. */
function check(row: Row, call: Call, transaction: Transaction): Row {
  if (!row.Name) throw new Refusal('Name is required.');
  if (call.config.addressRequired && (!row.Addr1 || !row.City)) throw new Refusal('Addr1 and City are required.');
  const custClass = transaction.row(tables.CustClass.name, String(row.ClassId).toUpperCase());
  if (!custClass) throw new Refusal(`Customer class '${String(row.ClassId)}' is not valid.`);
  // The class supplies accounts and terms (section 5.1 [assumed]).
  const { ARAcct = '', ARSub = '', Terms = '' } = custClass;
  const full: Row = { ...row, ARAcct: row.ARAcct || ARAcct, ARSub: row.ARSub || ARSub, Terms: row.Terms || Terms };
  if (!transaction.row(tables.Terms.name, String(full.Terms))) throw new Refusal(`Terms '${String(full.Terms)}' is not valid.`);
  if (!'AIHO'.includes(String(full.Status)) || full.Status === '') throw new Refusal(`Status '${String(full.Status)}' is not valid.`);
  return full;
}

function add(call: Call, input: Input): Row {
  return call.commit((transaction) => {
    const base = { ...emptyRow(tables.Customer, call.config), Status: 'A', CuryId: call.config.baseCurrency };
    const row = check(readRow(tables.Customer, input, base, call.config), call, transaction);
    // CustId is stored in capitals (section 3 [assumed: convention]).
    const CustId = String(row.CustId).toUpperCase() || nextNumber('CustId', 10, transaction);
    if (transaction.row(tables.Customer.name, CustId)) throw new Refusal(`Customer ${CustId} already exists.`, 2);
    return put(tables.Customer, stamped({ ...row, CustId, BillName: row.BillName || row.Name || '' }, screenNumber, call), transaction);
  });
}

/** Changes only what is sent: PATCH, section 2.1 [verified]. */
function change(call: Call, custId: string, input: Input): Row {
  return call.commit((transaction) => {
    const before = customerOf(custId, transaction);
    const row = { ...readRow(tables.Customer, input, before, call.config), CustId: before.CustId ?? '' };
    return put(tables.Customer, stamped(check(row, call, transaction), screenNumber, call), transaction);
  });
}

const answer = (call: Call, row: Row): Record<string, unknown> => ({
  errorMessage: '',
  myCustomer: shown(tables.Customer, row, call.config),
});
/** 200 with the error's text and what was sent: section 5.1 [assumed placement]. */
const refused: Operation['refused'] = (errorMessage, _code, args) => ({ errorMessage, myCustomer: args.body ? customerIn(args) : null });

/** Customer maintenance, 08.260: section 5.1. SOAP's editScreen has ADD and UPDATE (section 2.3 [verified names]). */
export const customerMaintenance: Readonly<Record<string, Operation>> = {
  getCustomer: reads(
    (call, args) =>
      answer(
        call,
        call.commit((transaction) => customerOf(textOf(args.custId), transaction)),
      ),
    refused,
  ),
  addCustomer: writes((call, args) => answer(call, add(call, customerIn(args))), refused),
  changeCustomer: writes((call, args) => answer(call, change(call, textOf(args.custId), customerIn(args))), refused),
  getScreenByCustID: reads(
    (call, args) =>
      answer(
        call,
        call.commit((transaction) => customerOf(textOf(args.custID ?? args.custId), transaction)),
      ),
    refused,
  ),
  editScreen: writes(
    (call, args) => {
      const input = objectOf(objectOf(args.screen).myCustomer);
      const action = textOf(args.actionType).toUpperCase();
      if (action === 'ADD') return answer(call, add(call, input));
      if (action === 'UPDATE') return answer(call, change(call, textOf(input.CustId), input));
      throw new Refusal(`Action type '${action}' is not valid.`);
    },
    (errorMessage, _code, args) => ({ ...objectOf(args.screen), errorMessage }),
  ),
};
