import type { ErpDocument } from '@tributary/connector-kit';
import { parsePostingKey, shortReference } from '@tributary/domain';

/** Objects whose metadata can be written, and their place in the API. */
const places: Readonly<Record<string, string>> = {
  customer: 'customers',
  payment_intent: 'payment_intents',
  charge: 'charges',
  invoice: 'invoices',
  refund: 'refunds',
  subscription: 'subscriptions',
  product: 'products',
  price: 'prices',
};

/** How the metadata keys of planted posting keys begin. */
export const postingKeyMetadata = 'tributary_posting_key';
/** Longest metadata key, characters. Source: docs/reference/stripe.md section 7. */
const longestMetadataKey = 40;
const shortPartLength = 16;

/**
 * Metadata key under which the posting key is planted, so that a write is found again (I3). Several documents about one object, such as the
 * receipts of several captures, have a key each: one must not take the place of another.
 */
export function plantedUnder(postingKey: string): string {
  const { document } = objectOfKey(postingKey);
  if (document === undefined) return postingKeyMetadata;
  const whole = `${postingKeyMetadata}_${document}`;
  return whole.length <= longestMetadataKey ? whole : `${postingKeyMetadata}_${shortReference(document, shortPartLength)}`;
}

/** Path of an object of Stripe, or undefined for a type whose metadata is not written. */
export function pathOf(objectType: string, objectId: string): string | undefined {
  const place = Object.hasOwn(places, objectType) ? places[objectType] : undefined;
  return place && `/v1/${place}/${encodeURIComponent(objectId)}`;
}

/** The Stripe object that a posting key names. */
export interface ObjectOfKey {
  readonly objectId: string;
  readonly objectType: string;
  /** Which of several documents about the object; undefined for the only one. */
  readonly document: string | undefined;
}

/** The object that a posting key is about: `<target>/metadata/<object id>/<object type>[-<document>]`. Types of objects have no dash. */
export function objectOfKey(key: string): ObjectOfKey {
  const { sourceId, part = '' } = parsePostingKey(key);
  const dash = part.indexOf('-');
  return dash < 0
    ? { objectId: sourceId, objectType: part, document: undefined }
    : { objectId: sourceId, objectType: part.slice(0, dash), document: part.slice(dash + 1) };
}

/**
 * What is written for a document of shape `stripe/metadata`: every field but the two that name the object, and the posting key.
 * Stripe merges metadata key by key, so other keys stay as they are. Null empties a key.
 * Source: docs/reference/stripe.md section 7.
 */
export function toMetadata(document: ErpDocument): Record<string, string> {
  const { objectType: _type, objectId: _id, ...values } = document.fields;
  const metadata = Object.entries(values).map(([key, value]) => [key, value === null ? '' : String(value)] as const);
  return { ...Object.fromEntries(metadata), [plantedUnder(document.postingKey)]: document.postingKey };
}

/** Prefix of the idempotency keys of our writes. Stripe's events carry the key, which is how our own writes are recognised. */
export const idempotencyPrefix = 'tributary:';

/**
 * The same write has the same idempotency key in every process. A changed write has another one, since Stripe refuses a key with other
 * parameters. So has a write that somebody undid meanwhile: under the same key Stripe would only repeat its first answer.
 */
export function idempotencyKeyOf(
  document: ErpDocument,
  before: Readonly<Record<string, string>>,
  metadata: Readonly<Record<string, string>>,
): string {
  const entries = Object.entries(metadata).map(([name, value]) => [name, before[name] ?? null, value]);
  const said = JSON.stringify(entries.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
  return `${idempotencyPrefix}${shortReference(`${document.postingKey}\n${said}`, 50)}`;
}
