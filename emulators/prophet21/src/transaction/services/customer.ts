import { addCustomer } from '../../rest/customers.js';
import { columnsOf, update } from '../../rows.js';
import type { Row } from '../../store.js';
import { tables } from '../../tables/index.js';
import type { Call } from '../../call.js';
import type { Given, Saved, ServiceDefinition } from '../definition.js';
import { fieldsOf } from '../definition.js';

const form = 'TABPAGE_1.tp_1_dw_1';
const own = ['company_id', 'customer_id', 'customer_name', 'salesrep_id', 'terms_id', 'currency_id', 'legacy_id', 'delete_flag'] as const;
const mail = ['mail_address1', 'mail_address2', 'mail_city', 'mail_state', 'mail_postal_code', 'mail_country'] as const;

function pick(row: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]]])));
}

/** A number that is there changes the customer, everything else makes a new one, whose number is assigned (sections 4 and 7.1 [verified]). */
function save(given: Given, call: Call): Saved {
  const row = given.form(form);
  const columns: Row = columnsOf(tables.customer, { company_id: call.config.company, ...pick(row, own) });
  const addressColumns = columnsOf(tables.address, pick(row, mail));
  const before = call.transaction.row('customer', `${String(columns.company_id)}~${String(columns.customer_id)}`);
  if (before) {
    update(tables.customer, before, columns, call);
    const address = call.transaction.row('address', String(before.customer_id));
    if (address) update(tables.address, address, addressColumns, call);
    return { [form]: { customer_id: String(before.customer_id) } };
  }
  const { customer_id: _assigned, ...fresh } = columns;
  return { [form]: { customer_id: String(addCustomer(fresh, addressColumns, call).customer_id) } };
}

/** Customer Maintenance: section 7.1 [verified elements]. That terms, currency and legacy_id are on the first page is assumed. */
export const customerService: ServiceDefinition = {
  name: 'Customer',
  elements: [
    {
      name: form,
      type: 'Form',
      keys: ['company_id', 'customer_id'],
      fields: { ...fieldsOf(tables.customer, own), ...fieldsOf(tables.address, mail) },
    },
    {
      name: 'SHIP_TO_GENERAL.ship_to_general',
      type: 'Form',
      keys: [],
      fields: fieldsOf(tables.address, ['default_branch=default_ship_to_branch']),
    },
  ],
  save,
};
