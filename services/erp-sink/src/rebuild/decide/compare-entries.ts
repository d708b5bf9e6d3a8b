/** A cross-reference as the ledger has it. */
export interface LedgerEntry<Message> {
  /** Topic and record key. Documents of one fact share them, and a compacted topic keeps one of them. */
  readonly name: string;
  /** What the entry says, as text that is equal when it says the same. */
  readonly says: string;
  /** When its document was concluded, ms; 0 when that is not known. */
  readonly at: number;
  readonly message: Message;
}

/** What the topics lack, and how many record keys were compared. */
export interface ComparedEntries<Message> {
  readonly expected: ReadonlySet<string>;
  readonly missing: readonly Message[];
  readonly different: readonly Message[];
}

/**
 * Compares the newest values of the topics with the ledger, per record key. A key is as it should be when its value is that of any of its
 * documents; otherwise that of the document that was concluded last takes its place.
 */
export async function compareEntries<Message>(
  there: ReadonlyMap<string, string>,
  ledger: AsyncIterable<LedgerEntry<Message>>,
): Promise<ComparedEntries<Message>> {
  const expected = new Set<string>();
  const same = new Set<string>();
  const newest = new Map<string, LedgerEntry<Message>>();
  for await (const entry of ledger) {
    const { name } = entry;
    expected.add(name);
    if (same.has(name)) continue;
    if (there.get(name) === entry.says) {
      same.add(name);
      newest.delete(name);
    } else if (entry.at >= (newest.get(name)?.at ?? 0)) newest.set(name, entry);
  }
  const wanted = [...newest.values()];
  return {
    expected,
    missing: wanted.filter(({ name }) => !there.has(name)).map(({ message }) => message),
    different: wanted.filter(({ name }) => there.has(name)).map(({ message }) => message),
  };
}
