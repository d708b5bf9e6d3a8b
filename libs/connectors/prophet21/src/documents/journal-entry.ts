import type { ErpDocument, ErpLine } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import { negated } from '../p21-amount.js';
import type { P21Config } from '../p21.config.js';
import { P21NotDoneError } from '../p21-errors.js';
import type { Scalar } from '../p21-json.js';
import { numberToken } from '../p21-json.js';
import { referenceOf } from '../p21-keys.js';

/** The family of entries in the general ledger, with the slash that a collection needs. */
export const ledgerPath = '/api/accounting/gl/';

/** Length of gl.description, characters: docs/reference/prophet21.md section 14. */
const describedLength = 255;

/** What an entry needs beside its document: the period of its day, and the number of its currency where that is not the home currency. */
export interface EntryNumbers {
  readonly period?: string;
  readonly year?: string;
  readonly currencyId?: string;
}

/**
 * The array of an entry, one row per line, which posts at once.
 * Units:  amounts are decimal text in major units and become JSON numbers digit by digit (I5); debit positive, credit negative.
 * Source: docs/reference/prophet21.md section 7.7. In the home currency Amount and ForeignAmount are the same; in another one that is so where
 *         P21_FOREIGN_AMOUNTS says it.
 * @throws {P21NotDoneError} for a line without an amount, with two, or with one that is no number.
 */
export function entryRows(document: ErpDocument, config: P21Config, numbers: EntryNumbers): Record<string, Scalar>[] {
  return document.lines.map((line) => {
    const amount = signedAmount(document, line);
    return {
      CompanyNo: config.company,
      AccountNumber: String(line.fields.AccountNumber ?? ''),
      ...(numbers.period === undefined ? {} : { Period: numberToken(numbers.period) }),
      ...(numbers.year === undefined ? {} : { YearForPeriod: numberToken(numbers.year) }),
      JournalId: config.journal,
      Amount: amount,
      ForeignAmount: amount,
      ...(numbers.currencyId === undefined ? {} : { CurrencyId: numberToken(numbers.currencyId) }),
      Description: describedAs(document, line),
      Source: config.source,
      TransactionDate: `${String(document.fields.TransactionDate)}T00:00:00`,
    };
  });
}

/** The signed amount of a line as decimal text: debit positive. @throws {P21NotDoneError} as entryRows. */
export function signedText({ postingKey }: { readonly postingKey: PostingKey }, { key, fields: { Debit, Credit } }: ErpLine): string {
  const [debit, credit] = [textIn(Debit), textIn(Credit)];
  if ((debit === '') === (credit === ''))
    throw new P21NotDoneError('p21.line-invalid', `${postingKey}, line ${key}: it has to have a debit or a credit`, 'Debit');
  return debit === '' ? negated(credit) : debit;
}

function signedAmount(document: ErpDocument, line: ErpLine): Scalar {
  const text = signedText(document, line);
  try {
    return numberToken(text);
  } catch {
    throw new P21NotDoneError('p21.line-invalid', `${document.postingKey}, line ${line.key}: "${text.slice(0, 40)}" is no amount`, 'Debit');
  }
}

/** Its text ends in the short reference of the posting key, by which the entry is found again (I3). */
function describedAs(document: ErpDocument, line: ErpLine): string {
  const mark = referenceOf(document.postingKey);
  const texts = [textIn(document.fields.Description), textIn(line.fields.Description)].filter((text) => text !== '');
  const text = texts
    .join(': ')
    .slice(0, describedLength - mark.length - 1)
    .trimEnd();
  return `${text} ${mark}`.trim();
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
