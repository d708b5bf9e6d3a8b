import { parse, v5 } from 'uuid';

/** Namespace of our event ids (UUIDv5): a random UUID, fixed for ever. */
const namespace = parse('3f0c1f0e-6f6e-4d5c-9a52-7f4b8d2f6c11');

const utf8 = new TextEncoder();

/**
 * The id of a derived event: UUIDv5 of source event id, type and ordinal, so a replay makes the same event (DESIGN, identity).
 * @param ordinal 0 for the first event of that type made from the source event, 1 for the next.
 */
export function derivedEventId(sourceEventId: string, type: string, ordinal = 0): string {
  return v5(utf8.encode(`${sourceEventId}|${type}|${ordinal}`), namespace);
}
