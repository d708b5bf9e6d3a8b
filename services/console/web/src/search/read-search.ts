import type { ReconShapes } from '../api/documents.js';
import type { Sent } from '../api/sent.js';
import { readAmount, readFlag, readList, readRecord, readText, readWord } from '../recon/read-value.js';

/** One object that a search found, as it is shown. */
export type Found = ReturnType<typeof readFound>;
/** What a search found. More: there is more than is listed; hint: what was not searched, as a sentence. */
export type SearchAnswer = ReturnType<typeof readSearchAnswer>;

/** Reads the answer of `POST /search`, whatever came over the wire. */
export function readSearchAnswer(value: Sent<ReconShapes['SearchView']>) {
  const { found, more, hint } = readRecord(value);
  return { found: readList(found, readFound).filter(({ id }) => id !== ''), more: readFlag(more), hint: readText(hint) };
}

/** `of`: the id in the address of what shows it, the charge of a refund, the event of a document. */
function readFound(value: Sent<ReconShapes['FoundView']>) {
  const { kind, id, title, word, amount, at, address } = readRecord(value);
  const shown = readWord(id);
  const isOlder = (word as unknown) === undefined; // a recon of before sends one line with the amount instead
  return {
    kind: readText(kind) ?? 'unknown',
    id: shown,
    of: idIn(readText(address)) ?? shown,
    amount: readAmount(amount),
    word: readText(isOlder ? title : word),
    at: readText(at),
  };
}

/** The id in a request of recon's API, `/payments/ch_1` or `/movements?id=txn_1`. */
function idIn(address: string | null): string | undefined {
  const [path = '', query] = (address ?? '').split('?', 2);
  const [, value] = (query ?? '').split('=', 2);
  const part = query === undefined ? path.split('/').at(-1) : value;
  try {
    return part === undefined || part === '' ? undefined : decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
