import { ok, P21Error } from '../answers.js';
import type { Call } from '../call.js';
import { objectOf } from '../call.js';
import { columnsOf, insert, update } from '../rows.js';
import type { Row } from '../store.js';
import { tables } from '../tables/index.js';
import { familyRoutes, notFound } from './family.js';
import { columnsIn, objectFrom } from './properties.js';
import { givenId } from './udfs.js';

const firstContactId = 20_001;
const firstAddressId = 900_001;

function contactName(row: Readonly<Row>): string {
  return `${String(row.first_name ?? '')} ${String(row.last_name ?? '')}`.trim();
}

/** Stores a new contact. Names and an address that is there are needed (assumed). */
export function addContact(given: Readonly<Record<string, unknown>>, call: Call): Row {
  const columns = columnsOf(tables.contacts, given);
  if (!columns.first_name && !columns.last_name) throw new P21Error('server', 'Last Name is required.');
  if (!call.transaction.row('address', String(columns.address_id))) throw new P21Error('server', 'Address ID is not valid.');
  const id = String(call.transaction.next('contact_id', firstContactId));
  return insert(tables.contacts, { ...columns, id, contact_name: contactName(columns) }, call);
}

function contactShown(row: Readonly<Row>): object {
  return { ...objectFrom(tables.contacts, row), ContactLinks: null, UserDefinedFields: {}, ObjectName: 'contacts' };
}

function contact(key: string, call: Call): Row {
  const row = call.transaction.row('contacts', key);
  if (!row) throw notFound(key);
  return row;
}

function changeContact(before: Row, call: Call) {
  const { id: _key, ...given } = columnsIn(tables.contacts, objectOf(call.body));
  const changed = { ...before, ...columnsOf(tables.contacts, given) };
  return ok(contactShown(update(tables.contacts, before, { ...changed, contact_name: contactName(changed) }, call)), 'Contact');
}

/** `/api/entity/contacts`: docs/reference/prophet21.md section 14 [verified routes and keys]. A key in the body updates. */
export const contactRoutes = familyRoutes({
  name: 'entity/contacts',
  table: tables.contacts,
  element: 'Contact',
  ping: true,
  shown: contactShown,
  one: (call) => ok(contactShown(contact(call.args[0] ?? '', call)), 'Contact'),
  post(call) {
    const { id, ...given } = columnsIn(tables.contacts, objectOf(call.body));
    if (givenId(id) !== undefined) return changeContact(contact(String(id), call), call);
    return ok(contactShown(addContact(given, call)), 'Contact');
  },
  put: (call) => changeContact(contact(call.args[0] ?? '', call), call),
});

/** The address's number is `AddressId` there: section 14 [verified key]. */
function addressShown(row: Readonly<Row>): object {
  const { Id, ...rest } = objectFrom(tables.address, row);
  return { AddressId: Id, ...rest, UserDefinedFields: {}, ObjectName: 'address' };
}

/** `/api/entity/addresses`: no template and no PUT (section 14 [verified]). */
export const addressRoutes = familyRoutes({
  name: 'entity/addresses',
  table: tables.address,
  element: 'Address',
  ping: true,
  template: false,
  shown: addressShown,
  one(call) {
    const key = call.args[0] ?? '';
    const row = call.transaction.row('address', key);
    if (!row) throw notFound(key);
    return ok(addressShown(row), 'Address');
  },
  post(call) {
    const columns = columnsOf(tables.address, columnsIn(tables.address, objectOf(call.body)));
    if (!columns.name) throw new P21Error('server', 'Name is required.');
    const id = call.transaction.next('address_id', firstAddressId);
    return ok(addressShown(insert(tables.address, { ...columns, id }, call)), 'Address');
  },
});
