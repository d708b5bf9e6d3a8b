import type { Table } from '../columns.js';
import { amount, datetime, flag, id, int, maintained, text } from '../columns.js';

/**
 * Columns: docs/reference/prophet21.md section 5 [verified]; lengths: section 14. `customer_id` is a decimal here and a text in
 * invoice_hdr (section 5 [verified]).
 */
export const customer: Table = {
  name: 'customer',
  key: ['company_id', 'customer_id'],
  columns: {
    customer_id: id,
    company_id: text(8),
    customer_name: text(255),
    customer_id_string: text(22),
    salesrep_id: text(16),
    terms_id: text(2),
    currency_id: id,
    taxable_flag: flag('Y'),
    credit_status: text(8, 'GOOD'),
    credit_limit: amount,
    credit_limit_used: amount,
    legacy_id: text(255),
    class_1id: text(255),
    class_2id: text(255),
    class_3id: text(255),
    class_4id: text(255),
    class_5id: text(255),
    po_no_required: flag(),
    duplicate_po_no: flag('Y'),
    bill_to_contact_id: text(16),
    ar_account_no: text(32),
    delete_flag: flag(),
    ...maintained,
  },
};

/** Columns and lengths: section 14; the customer's number is that of its address (assumed). */
export const address: Table = {
  name: 'address',
  key: ['id'],
  columns: {
    id,
    name: text(50),
    mail_address1: text(50),
    mail_address2: text(50),
    mail_address3: text(50),
    mail_city: text(50),
    mail_state: text(50),
    mail_postal_code: text(10),
    mail_country: text(50),
    phys_address1: text(50),
    phys_address2: text(50),
    phys_address3: text(50),
    phys_city: text(50),
    phys_state: text(50),
    phys_postal_code: text(10),
    phys_country: text(50),
    central_phone_number: text(20),
    central_fax_number: text(20),
    corp_address_id: id,
    email_address: text(255),
    url: text(255),
    default_ship_to_company: text(8),
    default_ship_to_branch: text(8),
    delete_flag: flag(),
    ...maintained,
  },
};

/**
 * Columns: section 5 [verified], lengths: section 14. `contact_name` is a column of the view (section 5); that the table answers it too is
 * assumed. A contact belongs to the customer whose address it names (assumed).
 */
export const contacts: Table = {
  name: 'contacts',
  key: ['id'],
  columns: {
    id: text(16),
    address_id: id,
    first_name: text(15, ''),
    mi: text(2),
    last_name: text(24, ''),
    contact_name: text(50, ''),
    title: text(40),
    direct_phone: text(20),
    cellular: text(20),
    email_address: text(255),
    email_address2: text(255),
    home_email_address: text(255),
    comments: text(4000),
    class_1id: text(255),
    company_id: text(8),
    delete_flag: flag(),
    ...maintained,
  },
};

/** Items: section 5 [verified]; lengths of item_id and item_desc assumed. */
export const invMast: Table = {
  name: 'inv_mast',
  key: ['inv_mast_uid'],
  columns: {
    inv_mast_uid: int,
    item_id: text(40),
    item_desc: text(255),
    price1: amount,
    short_code: text(40),
    upc_or_ean_id: text(40),
    class_id1: text(255),
    inactive: flag(),
    delete_flag: flag(),
    ...maintained,
  },
};

/** Companies of the database. That OData shows them under this name is assumed. */
export const company: Table = {
  name: 'company',
  key: ['company_id'],
  columns: {
    company_id: text(8),
    company_name: text(50),
    home_currency_id: id,
    delete_flag: flag(),
    ...maintained,
    fiscal_start: datetime,
  },
};
