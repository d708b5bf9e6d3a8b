import { ok, P21Error } from '../answers.js';
import type { Call } from '../call.js';
import { objectOf } from '../call.js';
import { homeCurrencyId } from '../ledger/currencies.js';
import { columnsOf, insert, update } from '../rows.js';
import type { Row } from '../store.js';
import { tables } from '../tables/index.js';
import { addContact } from './contacts.js';
import type { Family } from './family.js';
import { familyRoutes, notFound } from './family.js';
import { columnsIn, objectFrom } from './properties.js';
import { givenId, saveUdfs } from './udfs.js';

const firstCustomerId = 100_201;
const addressNameLength = 50;
/** Account of a customer for whom none is given; that the company has a default is assumed. */
const receivable = '11000000';

/** A customer by `{CompanyId}_{CustomerId}`: docs/reference/prophet21.md section 7.1 [verified]. */
function byKey(key: string, call: Call): Row {
  const at = key.lastIndexOf('_');
  const row = at < 0 ? undefined : call.transaction.row('customer', `${key.slice(0, at)}~${key.slice(at + 1)}`);
  if (!row) throw notFound(key);
  return row;
}

/**
 * A customer as it is answered. Children are null unless `extendedproperties` asks for them (section 6 [verified]); `UserDefinedFields` is
 * always empty, whatever is stored (section 14 [verified for other families, for this one assumed]).
 */
function shown(row: Readonly<Row>, call: Call): object {
  const asked = call.query.get('extendedproperties') ?? '';
  const wants = (name: string): boolean => asked === '*' || asked.split(',').includes(name);
  const { transaction } = call;
  const address = transaction.row('address', String(row.customer_id));
  const contacts = transaction.rows('contacts').filter(({ address_id: of }) => of === row.customer_id);
  return {
    ...objectFrom(tables.customer, row),
    CustomerAddress: wants('CustomerAddress') && address ? objectFrom(tables.address, address) : null,
    CustomerContacts: wants('CustomerContacts') ? { list: contacts.map((one) => objectFrom(tables.contacts, one)) } : null,
    CustomerShipTos: null,
    UserDefinedFields: {},
    ObjectName: 'customer',
  };
}

/**
 * Stores a new customer with its address, whose number it shares (assumed). Without a sales representative it is refused
 * (section 7.1 [verified text]); company and name are needed (assumed).
 */
export function addCustomer(given: Readonly<Row>, addressColumns: Readonly<Row>, call: Call): Row {
  const { transaction } = call;
  if (!transaction.row('company', String(given.company_id)))
    throw new P21Error('server', `Company ID ${String(given.company_id)} is not valid.`);
  if (!given.customer_name) throw new P21Error('server', 'Customer Name is required.');
  if (!given.salesrep_id) throw new P21Error('server', 'Salesrep ID is required for a new ship to.');
  const customerId = transaction.next('customer_id', firstCustomerId);
  const own = { customer_id: customerId, customer_id_string: String(customerId) };
  const row = insert(
    tables.customer,
    { currency_id: homeCurrencyId(call), terms_id: '30', ar_account_no: receivable, ...given, ...own },
    call,
  );
  const name = String(row.customer_name).slice(0, addressNameLength);
  insert(tables.address, { name, ...addressColumns, id: customerId, corp_address_id: customerId }, call);
  return row;
}

/** POST without a key inserts, with one it updates: section 7.1 and 14 [verified]; what else it answers is assumed. */
function post(call: Call) {
  const given = objectOf(call.body);
  const id = givenId(given.CustomerId);
  if (id !== undefined) return change(byKey(`${String(given.CompanyId)}_${id}`, call), given, call);
  const row = addCustomer(columnsOf(tables.customer, columnsIn(tables.customer, given)), addressIn(given), call);
  saveChildren(row, given, call);
  return ok(shown(row, call), 'Customer');
}

function put(call: Call) {
  return change(byKey(call.args[0] ?? '', call), objectOf(call.body), call);
}

/** Properties that are not given keep their values (assumed). `Delete: true` marks the customer deleted: section 7.1 [verified]. */
function change(before: Row, given: Record<string, unknown>, call: Call) {
  const columns = columnsOf(tables.customer, columnsIn(tables.customer, given));
  const row = update(
    tables.customer,
    before,
    { ...columns, company_id: before.company_id ?? '', customer_id: before.customer_id ?? 0 },
    call,
  );
  const address = call.transaction.row('address', String(row.customer_id));
  const changed = addressIn(given);
  if (address && Object.keys(changed).length > 0) update(tables.address, address, changed, call);
  saveChildren(row, given, call);
  return ok(shown(row, call), 'Customer');
}

/** The customer's address out of `CustomerAddress`; that it is taken on a write is assumed. */
function addressIn(given: Readonly<Record<string, unknown>>): Row {
  const { CustomerAddress: address } = given;
  if (address === undefined || address === null) return {};
  const { id: _own, ...columns } = columnsIn(tables.address, objectOf(address));
  return columnsOf(tables.address, columns);
}

/** Contacts come as `{"list": [...]}` (section 6 [verified for children of other families]); that a write takes new ones is assumed. */
function saveChildren(row: Readonly<Row>, given: Readonly<Record<string, unknown>>, call: Call): void {
  saveUdfs(tables.customer, row, given.UserDefinedFields, call);
  const contacts = given.CustomerContacts;
  const list = contacts === undefined || contacts === null ? [] : objectOf(contacts).list;
  for (const contact of Array.isArray(list) ? list : [])
    if (givenId(objectOf(contact).Id) === undefined)
      addContact({ ...columnsIn(tables.contacts, objectOf(contact)), address_id: row.customer_id }, call);
}

const family: Family = {
  name: 'entity/customers',
  table: tables.customer,
  element: 'Customer',
  ping: true,
  shown,
  one: (call) => ok(shown(byKey(call.args[0] ?? '', call), call), 'Customer'),
  post,
  put,
};

/** `/api/entity/customers`. */
export const customerRoutes = familyRoutes(family);
