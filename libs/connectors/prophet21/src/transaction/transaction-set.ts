/** One edit of a form. All values are text, also numbers and dates (docs/reference/prophet21.md section 4). */
export interface Edit {
  readonly Name: string;
  readonly Value: string;
}

/** Where transactions are sent, below the root of the UI server. */
export const transactionPath = '/api/v2/transaction';

/** A list of a transaction: rows that have the same values of `keys` are one row, without keys each row is one more (section 4). */
export interface ListRows {
  readonly list: string;
  readonly keys: readonly string[];
  readonly rows: readonly (readonly Edit[])[];
}

/**
 * A new record through one form, in the order of its edits: earlier ones set defaults for later ones. With the number of a record among them
 * that record is changed. `IgnoreDisabled` stays false, since with it a call reports success and writes nothing. Source:
 * docs/reference/prophet21.md section 4.
 */
export function transactionSet(service: string, form: string, edits: readonly Edit[], { list, keys, rows }: ListRows = noList): object {
  const element = (Name: string, Type: string, Keys: readonly string[], given: readonly (readonly Edit[])[]): object => ({
    Name,
    Type,
    Keys,
    Rows: given.map((Edits) => ({ Edits, RelativeDateEdits: [] })),
  });
  return {
    Name: service,
    UseCodeValues: false,
    IgnoreDisabled: false,
    Transactions: [
      {
        Status: 'New',
        DataElements: [element(form, 'Form', [], [edits]), ...(rows.length > 0 ? [element(list, 'List', keys, rows)] : [])],
      },
    ],
  };
}

const noList: ListRows = { list: '', keys: [], rows: [] };
