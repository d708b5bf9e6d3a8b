import * as cash from './cash.js';
import * as customers from './customers.js';
import * as ledger from './ledger.js';
import * as receivables from './receivables.js';

/** All tables that the emulator has, by name. */
export const tables = { ...customers, ...cash, ...receivables, ...ledger };
