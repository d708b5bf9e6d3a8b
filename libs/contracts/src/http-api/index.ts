/** Shapes of recon's HTTP API, declared once: recon answers them, the console, the command line and the proofs read them. */
export type * from './amounts.js';
export type * from './audit.js';
export type * from './books.js';
export type * from './dead-letters.js';
export type * from './ledger-effects.js';
export type * from './payments.js';
