/** One edit of a form. All values are text, also numbers and dates (docs/reference/prophet21.md section 4). */
export interface Edit {
  readonly Name: string;
  readonly Value: string;
}

/** Where transactions are sent, below the root of the UI server. */
export const transactionPath = '/api/v2/transaction';

/**
 * A new record through one form, in the order of its edits: earlier ones set defaults for later ones. `IgnoreDisabled` stays false, since with
 * it a call reports success and writes nothing. Source: docs/reference/prophet21.md section 4.
 */
export function transactionSet(service: string, form: string, edits: readonly Edit[]): object {
  return {
    Name: service,
    UseCodeValues: false,
    IgnoreDisabled: false,
    Transactions: [
      {
        Status: 'New',
        DataElements: [{ Name: form, Type: 'Form', Keys: [], Rows: [{ Edits: edits, RelativeDateEdits: [] }] }],
      },
    ],
  };
}
