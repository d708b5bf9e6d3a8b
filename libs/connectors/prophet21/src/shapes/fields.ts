import type { ErpField } from '@tributary/contracts';

const section = 'docs/reference/prophet21.md section';
/** Where names and lengths of columns are from. */
export const columns = `${section} 14`;

/** A text field; where no source is named, its length is that of its column. */
export const text = (maxLength: number, description: string, source = columns): ErpField => ({
  type: 'text',
  maxLength,
  description,
  source,
});

/** An amount in major units: decimal(19,4). */
export const amount = (description: string): ErpField => ({ type: 'decimal', digits: [15, 4], description, source: columns });

/** A calendar day. */
export const day = (description: string, source = columns): ErpField => ({ type: 'date', description, source });

/** The same field, which a document must have. */
export const required = (field: ErpField): ErpField => ({ ...field, required: true });

/** A hint that goes to the search and into no column. */
export const hint = (maxLength: number, description: string): ErpField => ({
  ...text(maxLength, description, `${section} 7.1: an e-mail is not unique; the choice is ours (docs/adr)`),
  destination: 'the search, never a column',
});

/** A section of the reference as a source. */
export const inSection = (number: string): string => `${section} ${number}`;
