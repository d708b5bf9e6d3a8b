/** `source_type_cd` of an entry that was posted by the GL family: docs/reference/prophet21.md section 14 [verified]. */
export const manualSource = 3495;
/** Of entries of documents; the codes are assumed. */
export const documentSources = { invoice: 1320, receipt: 1321, reversal: 1322 } as const;
/** Accounts for exchange differences; that the company has one for each is assumed. */
export const fxAccounts = { gain: '71000000', loss: '71100000' } as const;
/** Accounts of documents whose lines name none. */
export const salesAccounts = { revenue: '40000000', returns: '49000000' } as const;
