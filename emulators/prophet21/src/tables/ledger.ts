import type { Table } from '../columns.js';
import { amount, datetime, flag, id, int, maintained, text } from '../columns.js';

/** Lines of the general ledger: docs/reference/prophet21.md sections 7.7 and 14 [verified columns and lengths]. */
export const gl: Table = {
  name: 'gl',
  key: ['gl_uid'],
  columns: {
    gl_uid: int,
    company_no: text(8),
    account_number: text(32),
    period: id,
    year_for_period: id,
    journal_id: text(2),
    amount,
    source: text(255),
    description: text(255),
    currency_id: id,
    foreign_amount: amount,
    transaction_date: datetime,
    transaction_number: id,
    approved: flag('Y'),
    sequence_number: id,
    source_type_cd: int,
    record_type_cd: int,
    ...maintained,
  },
};

/** The chart of accounts: section 14 [verified columns and lengths]. */
export const chartOfAccts: Table = {
  name: 'chart_of_accts',
  key: ['company_no', 'account_no'],
  columns: {
    account_no: text(32),
    company_no: text(8),
    account_desc: text(40),
    account_type: text(1),
    branch_id: text(8),
    delete_flag: flag(),
    ...maintained,
  },
};

/** Fiscal periods: section 14 [verified columns]. */
export const periods: Table = {
  name: 'periods',
  key: ['company_no', 'year_for_period', 'period'],
  columns: {
    company_no: text(8),
    period: id,
    year_for_period: id,
    period_closed: flag(),
    beginning_date: datetime,
    ending_date: datetime,
    adjustment_period_flag: flag(),
    ...maintained,
  },
};

/** Currencies: section 14 [verified columns]. The description is a name, and no column is an ISO code that a reader could rely on. */
export const currencyHdr: Table = {
  name: 'currency_hdr',
  key: ['currency_id'],
  columns: { currency_id: id, currency_desc: text(20), delete_flag: flag(), ...maintained },
};
