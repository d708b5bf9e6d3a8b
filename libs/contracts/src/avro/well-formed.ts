/** A value that a UTF-8 encoder can write, and how much of it had to be repaired. */
export interface WellFormed {
  /** The value itself when nothing was repaired, otherwise a copy. */
  readonly value: unknown;
  /** Strings and map keys that were repaired. */
  readonly repaired: number;
}

/**
 * Replaces every unpaired surrogate in a value's strings and map keys with U+FFFD. JavaScript strings may hold unpaired surrogates,
 * UTF-8 cannot: avsc writes them as three bytes that strict readers refuse, so one such record would stop them for ever.
 *
 * Map keys stay distinct: a repaired key that another entry already has gets further U+FFFD.
 */
export function wellFormed(value: unknown): WellFormed {
  return isWellFormed(value) ? { value, repaired: 0 } : repairedOf(value);
}

/** Whether nothing has to be repaired, which is nearly always: looked at first, without copies. */
function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return true;
  if (Array.isArray(value)) return value.every(isWellFormed);
  return Object.keys(value).every((key) => key.isWellFormed() && isWellFormed((value as Record<string, unknown>)[key]));
}

function repairedOf(value: unknown): WellFormed {
  if (typeof value === 'string') return value.isWellFormed() ? { value, repaired: 0 } : { value: value.toWellFormed(), repaired: 1 };
  if (Array.isArray(value)) return wellFormedList(value);
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) return wellFormedObject(value);
  return { value, repaired: 0 };
}

function wellFormedList(list: readonly unknown[]): WellFormed {
  let repaired = 0;
  const items = list.map((item) => {
    const each = repairedOf(item);
    repaired += each.repaired;
    return each.value;
  });
  return repaired === 0 ? { value: list, repaired } : { value: items, repaired };
}

function wellFormedObject(object: object): WellFormed {
  let repaired = 0;
  const entries = Object.entries(object).map(([key, content]): [string, unknown] => {
    const each = repairedOf(content);
    repaired += each.repaired + (key.isWellFormed() ? 0 : 1);
    return [key, each.value];
  });
  if (repaired === 0) return { value: object, repaired };
  const taken = new Set(entries.flatMap(([key]) => (key.isWellFormed() ? [key] : [])));
  const copy = entries.map(([key, content]): [string, unknown] => [key.isWellFormed() ? key : freeKey(key.toWellFormed(), taken), content]);
  return { value: Object.fromEntries(copy), repaired };
}

/** Marks the key as taken. */
function freeKey(wanted: string, taken: Set<string>): string {
  let key = wanted;
  while (taken.has(key)) key += '\uFFFD';
  taken.add(key);
  return key;
}
