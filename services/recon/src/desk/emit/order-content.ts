import type { EntityManager } from 'typeorm';

/** SQL: what an item dispatches, as SHA-256, over `recon.dead_letter_order_item i` and its letter `l`. */
export const boundContent = `encode(sha256(coalesce(i.edited, l.value, ''::bytea)), 'hex')`;

/** SQL: what an order asks for, as SHA-256, over `recon.dead_letter_order o`. */
export const orderTerms = `encode(sha256(convert_to(json_build_array(o.id, o.action, o.scope, o.criteria, o.reference, o.ordered_by, o.author)::text, 'UTF8')), 'hex')`;

/**
 * Hash over an order as it is now: what it asks for, and for each of its letters what would be dispatched, its money, and whether it still
 * waits. What was approved is bound by it.
 */
export async function contentHashOf(manager: EntityManager, orderId: string): Promise<string> {
  const [row] = await manager.query<{ hash: string }[]>(
    `select encode(sha256(convert_to(${orderTerms} || coalesce((
       select string_agg(json_build_array(i.letter_id, ${boundContent}, l.minor, l.currency, l.state)::text, ',' order by i.letter_id)
       from recon.dead_letter_order_item i join recon.dead_letter l on l.id = i.letter_id where i.order_id = o.id), ''), 'UTF8')), 'hex') as hash
     from recon.dead_letter_order o where o.id = $1`,
    [orderId],
  );
  if (!row) throw new Error(`hashing order ${orderId}: there is no such order`);
  return row.hash;
}

/** Stores the hashes of an order and of its items as they are now. @returns the hash of its content. */
export async function bindContent(manager: EntityManager, orderId: string): Promise<string> {
  const hash = await contentHashOf(manager, orderId);
  await manager.query(
    `update recon.dead_letter_order o set content_hash = $2, terms_hash = ${orderTerms}
     where o.id = $1`,
    [orderId, hash],
  );
  await manager.query(
    `update recon.dead_letter_order_item i set bound = ${boundContent} from recon.dead_letter l where l.id = i.letter_id and i.order_id = $1`,
    [orderId],
  );
  return hash;
}
