/** Shapes of the HTTP APIs of recon, erp-sink and the console, declared once: they answer them, the console, the command line and the proofs read them. */
export type * from './amounts.js';
export type * from './audit.js';
export type * from './books.js';
export type * from './customers.js';
export type * from './dead-letters.js';
export type * from './identity.js';
export type * from './ledger-effects.js';
export type * from './letter-case.js';
export type * from './payments.js';
export type * from './personal-data.js';
export type * from './release-orders.js';
export type * from './search.js';
export type * from './sequences.js';
export type * from './settings.js';
export type * from './targets.js';
export type * from './today.js';
