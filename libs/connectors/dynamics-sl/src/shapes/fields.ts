import type { ErpDocumentShape, ErpField } from '@tributary/contracts';

const lengths = 'docs/reference/dynamics-sl.md section 3';

/** A text field. SL cuts what is longer without a word, so a longer text is refused by us. Its length is in the reference where no source is named. */
export const text = (maxLength: number, description: string, source = lengths): ErpField => ({
  type: 'text',
  maxLength,
  description,
  source,
});

/** Columns that a site has added itself. */
export const custom: NonNullable<ErpDocumentShape['custom']> = {
  pattern: /^x[A-Za-z0-9_]{1,40}$/,
  maxLength: 255,
  source: 'docs/reference/dynamics-sl.md section 3; names of columns of a site begin with x (assumed)',
};

/** The id of the Stripe object in User1: people search by it, and it is the second field that tells a reference from a collision. */
export const sourceId = text(30, 'Id of the Stripe object, or its digest when it is longer.');

/** The mark of the posting key in User2. */
export const keyMark = text(30, '30 characters that stand for the posting key: by them the document is found again (I3).');

/** An amount in major units. SL keeps doubles: an amount that a double does not hold exactly is refused. */
export const amount = (description: string): ErpField => ({
  type: 'decimal',
  digits: [12, 3],
  description,
  source: 'docs/reference/dynamics-sl.md section 2.3; decimals by the currency assumed',
});

/** A calendar day. */
export const day = (description: string, source = 'docs/reference/dynamics-sl.md section 5.4'): ErpField => ({
  type: 'date',
  description,
  source,
});

/** The same field, which a document must have. */
export const required = (field: ErpField): ErpField => ({ ...field, required: true });

/** The fiscal period, where the mapping says it; else the connector makes it from the date. */
export const period = text(6, 'Fiscal period YYYYPP; left out: that of the date (SL_FISCAL_YEAR_STARTS).');
