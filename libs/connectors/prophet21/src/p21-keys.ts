import type { PostingKey } from '@tributary/domain';
import { parsePostingKey, shortReference, stripeCustomerOfSource } from '@tributary/domain';
import type { P21Row } from './p21-json.js';
import { textOf } from './p21-json.js';

/** Length of customer.legacy_id, characters: docs/reference/prophet21.md section 14. */
const legacyLength = 255;
const digestLength = 40;
const referenceLength = 20;

/**
 * Begins what we plant in texts. It is for people, and lets documents of ours be listed: `startswith` works in `$filter`.
 */
const mark = 'Stripe';

/** Column of customer in which the posting key is planted (I3). */
export const keyColumn = 'legacy_id';

/** The value of legacy_id: the whole key, or a digest of one that does not fit. Deterministic. */
export function plantedKey(key: PostingKey): string {
  return key.length <= legacyLength ? key : `sha:${shortReference(key, digestLength)}`;
}

/** The value of legacy_id of a customer that was there before and is linked by its e-mail address only: it does not allow overwriting. */
export function emailMark(key: PostingKey): string {
  const text = `email:${key}`;
  return text.length <= legacyLength ? text : `email:sha:${shortReference(key, digestLength)}`;
}

/** The Stripe customer that a customer posting is about; undefined for guests and for other kinds. */
export function stripeCustomerOf(key: PostingKey): string | undefined {
  const { kind, sourceId } = parsePostingKey(key);
  return kind === 'customer' ? stripeCustomerOfSource(sourceId) : undefined;
}

/**
 * The Stripe customer or guest that a legacy_id stands for: as we write it (the whole key, an e-mail mark), or as a person does (`cus_...`).
 * '' for a number of another system, and for a digest.
 */
export function ownerIn(legacyId: string): string {
  const text = legacyId.replace(/^email:/, '');
  if (/^cus_\w+$/.test(text)) return text;
  try {
    return stripeCustomerOf(text as PostingKey) ?? (parsePostingKey(text).kind === 'customer' ? text : '');
  } catch {
    return '';
  }
}

/** Short form of a posting key: 20 characters for 100 bits. */
export function referenceOf(key: PostingKey): string {
  return shortReference(key, referenceLength);
}

/** What payment_desc or po_no begins with: by it the document is found again (I3). */
export function plantedPrefix(key: PostingKey): string {
  return `${mark} ${referenceOf(key)}`;
}

/** `$filter` of rows whose text may begin with a mark of ours. */
export function markedRows(column: string): string {
  return `startswith(${column},'${mark} ')`;
}

/** A text with the mark in front, cut at its end to what fits. */
export function markedText(key: PostingKey, text: string, length: number): string {
  return `${plantedPrefix(key)} ${text}`.trim().slice(0, length).trimEnd();
}

/** The reference in a text that begins with a mark; '' for another text. */
export function referenceInPrefix(text: string): string {
  return /^Stripe ([0-9A-HJKMNP-TV-Z]{20})(?: |$)/.exec(text)?.[1] ?? '';
}

/** The reference at the end of a text; '' for another text. */
export function referenceAtEnd(text: string): string {
  return /(?:^| )([0-9A-HJKMNP-TV-Z]{20})$/.exec(text)?.[1] ?? '';
}

/** The whole posting key of a customer, where it carries it: not in digest form, and not as an e-mail mark. */
export function legibleKey(row: P21Row): { plantedKey?: string } {
  const planted = textOf(row[keyColumn]);
  return planted.includes('/') && !/^(sha|email):/.test(planted) ? { plantedKey: planted } : {};
}
