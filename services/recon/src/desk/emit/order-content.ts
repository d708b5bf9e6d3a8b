import { keyIdSql, payloadsOf } from '@tributary/persistence';
import type { EntityManager } from 'typeorm';
import { contentHash } from './letter-payloads.js';
import type { StoredContent } from './letter-payloads.js';

/**
 * SQL: what an item dispatches, as SHA-256, over `recon.dead_letter_order_item i` and its letter `l`. What is encrypted is hashed here (`$2`
 * items, `$3` hashes), because PostgreSQL has no key.
 */
const boundContent = `coalesce((select hashed.content from unnest($2::text[], $3::text[]) as hashed (item, content) where hashed.item = i.id),
  encode(sha256(coalesce(i.edited, l.value, ''::bytea)), 'hex'))`;

/** SQL: what an order asks for, as SHA-256, over `recon.dead_letter_order o`. */
export const orderTerms = `encode(sha256(convert_to(json_build_array(o.id, o.action, o.scope, o.criteria, o.reference, o.ordered_by, o.author)::text || coalesce(o.documents::text, ''), 'UTF8')), 'hex')`;

/**
 * Hash over an order as it is now: what it asks for, and for each of its letters what would be dispatched, its money, and whether it still
 * waits. What was approved is bound by it.
 */
export async function contentHashOf(manager: EntityManager, orderId: string): Promise<string> {
  return hashOver(manager, orderId, await encryptedContent(manager, orderId));
}

async function hashOver(manager: EntityManager, orderId: string, content: Hashed): Promise<string> {
  const [row] = await manager.query<{ hash: string }[]>(
    `select encode(sha256(convert_to(${orderTerms} || coalesce((
       select string_agg(json_build_array(i.letter_id, ${boundContent}, l.minor, l.currency, l.state)::text, ',' order by i.letter_id)
       from recon.dead_letter_order_item i join recon.dead_letter l on l.id = i.letter_id where i.order_id = o.id), ''), 'UTF8')), 'hex') as hash
     from recon.dead_letter_order o where o.id = $1`,
    [orderId, content.items, content.hashes],
  );
  if (!row) throw new Error(`hashing order ${orderId}: there is no such order`);
  return row.hash;
}

/** Stores the hashes of an order and of its items as they are now. @returns the hash of its content. */
export async function bindContent(manager: EntityManager, orderId: string): Promise<string> {
  const content = await encryptedContent(manager, orderId);
  const hash = await hashOver(manager, orderId, content);
  await manager.query(
    `update recon.dead_letter_order o set content_hash = $2, terms_hash = ${orderTerms}
     where o.id = $1`,
    [orderId, hash],
  );
  await manager.query(
    `update recon.dead_letter_order_item i set bound = ${boundContent} from recon.dead_letter l where l.id = i.letter_id and i.order_id = $1`,
    [orderId, content.items, content.hashes],
  );
  return hash;
}

interface Hashed {
  readonly items: string[];
  readonly hashes: string[];
}

/** Messages are at most 1 MiB: so many are in memory at once. */
const itemsAtOnce = 50;

/** Hashes of what the items of an order dispatch, of those that are encrypted. */
async function encryptedContent(manager: EntityManager, orderId: string): Promise<Hashed> {
  const hashed: Hashed = { items: [], hashes: [] };
  for (let after = ''; ;) {
    const rows = await manager.query<StoredContent[]>(
      `select i.id, i.letter_id, i.edited, case when i.edited is null then l.value end as value
       from recon.dead_letter_order_item i join recon.dead_letter l on l.id = i.letter_id
       where i.order_id = $1 and i.id > $2 and ${keyIdSql('coalesce(i.edited, l.value)', 'bytea')} is not null order by i.id limit ${itemsAtOnce}`,
      [orderId, after],
    );
    for (const row of rows) {
      hashed.items.push(row.id);
      hashed.hashes.push(contentHash(payloadsOf(manager), row));
    }
    after = rows.at(-1)?.id ?? after;
    if (rows.length < itemsAtOnce) return hashed;
  }
}
