import type { ErpDocumentShape, ErpField } from '@tributary/contracts';

/**
 * Fields that several documents of Epicor Kinetic have. Lengths marked assumed in the reference are the commonly quoted ones: `$metadata` of the
 * server says the true ones.
 */
const lengths = 'docs/reference/epicor-kinetic.md section 4.4';

/** A text field; where no source is named, its length is in the reference. */
export const text = (maxLength: number, description: string, source = lengths): ErpField => ({
  type: 'text',
  maxLength,
  description,
  source,
});

/** User-defined fields end in `_c`; the reference knows of no length below 50 for them. */
export const userDefined = (description: string): ErpField => ({
  type: 'text',
  maxLength: 100,
  description,
  source: 'docs/reference/epicor-kinetic.md section 6.1 (UD fields); length is what our installation guide asks for',
});

/** Columns that a site has added itself. */
export const custom: NonNullable<ErpDocumentShape['custom']> = {
  pattern: /^[A-Za-z][A-Za-z0-9]*_c$/,
  maxLength: 1_000,
  source: 'docs/reference/epicor-kinetic.md section 6.1: user-defined columns end in _c',
};

/** The field that a document is found again by. */
export const postingKey = userDefined('The whole posting key: by it the document is found again (I3).');

/** The field that a line is found again by. */
export const lineKey = userDefined('The key of the line within its document: by it a line is found again and never written twice.');

/** An amount in major units. */
export const amount = (description: string): ErpField => ({
  type: 'decimal',
  digits: [14, 3],
  description,
  source: 'docs/reference/epicor-kinetic.md section 4.4: amounts are numeric (17,3)',
});

/** A calendar day. */
export const day = (description: string, source: string): ErpField => ({ type: 'date', description, source });

/** A number that the server has given to another record. */
export const number = (description: string): ErpField => ({ type: 'integer', description, source: lengths });

/** The same field, which a document must have. */
export const required = (field: ErpField): ErpField => ({ ...field, required: true });
