/** Sign of a document by its type; amounts are stored positive: docs/reference/dynamics-sl.md section 4 [verified list and sign]. */
const signs: Readonly<Record<string, 1 | -1>> = {
  IN: 1,
  DM: 1,
  FI: 1,
  NC: 1,
  AD: 1,
  CM: -1,
  PA: -1,
  PP: -1,
  CS: -1,
  NS: -1,
  SB: -1,
  SC: -1,
};

/** 1: adds to what the customer owes; -1: takes from it; undefined: no type of SL. */
export const signOf = (docType: unknown): 1 | -1 | undefined => signs[String(docType)];

/** Types that invoice and memo (08.010) takes here; others exist in SL and are not emulated (assumed). */
export const memoTypes: readonly string[] = ['IN', 'DM', 'CM', 'FI'];
/** Types that payment entry (08.050) takes here: section 1 [verified: receipts are PA or PP]. */
export const paymentTypes: readonly string[] = ['PA', 'PP'];
