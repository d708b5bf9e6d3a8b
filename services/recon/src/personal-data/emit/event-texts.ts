import { payloadsOf } from '@tributary/persistence';
import type { EntityManager } from 'typeorm';
import { shownLines } from '../../shared/emit/view-payloads.js';
import { overwritten, withoutTexts } from '../decide/overwritten.js';

/** Columns of the views that hold texts about people, beside the lines of documents. Each of these tables names the event of a row. */
const textColumns = {
  event: 'ignored_text',
  fact: 'ignored_text',
  posting: 'text',
  outcome: 'text',
  payment: 'customer_name',
  payment_news: 'reason',
  dead_letter: 'text',
  dead_letter_closure: 'text',
} as const;

/** Rows of the views whose texts were overwritten, by table. */
export type OverwrittenRows = Readonly<Record<keyof typeof textColumns | 'document', number>>;

/** Overwrites the texts about people in all view rows of those events, and deletes the hashes that they are found by. Amounts, ids, codes, keys and counts stay. */
export async function overwriteTexts(manager: EntityManager, eventIds: readonly string[]): Promise<OverwrittenRows> {
  const counts: Record<string, number> = {};
  for (const [table, column] of Object.entries(textColumns)) {
    const [, affected] = await manager.query<[unknown, number]>(
      `update recon.${table} set ${column} = $2 where event_id = any($1) and ${column} is not null and ${column} <> $2`,
      [eventIds, overwritten],
    );
    counts[table] = affected;
  }
  const [, hashes] = await manager.query<[unknown, number]>(
    `update recon.payment set lookup_hashes = null where event_id = any($1) and lookup_hashes is not null`,
    [eventIds],
  );
  counts.payment = Math.max(counts.payment ?? 0, hashes); // a row has a name and hashes: it is counted once
  counts.document = await overwriteLines(manager, eventIds);
  await manager.query(`update recon.event set texts_overwritten_at = now() where event_id = any($1)`, [eventIds]);
  return counts as OverwrittenRows;
}

async function overwriteLines(manager: EntityManager, eventIds: readonly string[]): Promise<number> {
  const documents = await manager.query<{ request_id: string; shape: string; lines: unknown }[]>(
    `select request_id, shape, lines from recon.document where event_id = any($1) for update`,
    [eventIds],
  );
  const [, affected] = await manager.query<[unknown, number]>(
    `update recon.document d set lines = n.kept::jsonb from unnest($1::text[], $2::text[]) as n (id, kept)
     where d.request_id = n.id and d.lines <> n.kept::jsonb`,
    [
      documents.map(({ request_id: id }) => id),
      documents.map(({ request_id: id, shape, lines }) => JSON.stringify(withoutTexts(shape, shownLines(payloadsOf(manager), id, lines)))),
    ],
  );
  return affected;
}
