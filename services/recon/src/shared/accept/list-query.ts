import { z } from 'zod';

const time = z.iso.datetime({ offset: true, error: 'a time such as 2026-11-21T05:00:00Z' });

/** Fields of a request for a range of time: `from` is in it, `to` is not. */
export const timeRange = { from: time.optional(), to: time.optional() };

/** A text that a row may have: not empty, and without the character that PostgreSQL cannot compare. */
export const filterText = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^\0]*$/, 'has a character that no value has');

/** A currency as a source sent it; it may be no currency at all. */
export const currencyText = filterText.max(16);

/** Fields of a request for a page of a list (shared/decide/keyset-page.ts). @param cursor `next` or `previous` of another page. */
export function pageFields<Cursor extends z.ZodType<string>>(cursor: Cursor, { limit = 50, most = 1_000 } = {}) {
  return { after: cursor.optional(), before: cursor.optional(), limit: z.coerce.number().int().min(1).max(most).default(limit) };
}
