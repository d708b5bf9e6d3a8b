import { readAmount, readList, readRecord, readText } from '../recon/read-value.js';
import type { Amount } from '../recon/shapes.js';

/** One object that a search found, as it is shown. */
export interface Found {
  readonly kind: string;
  readonly id: string;
  /** Id in the address of what shows it: the charge of a refund, the event of a document. */
  readonly of: string;
  readonly amount: Amount | null;
  /** A state or a type; a recon of before sends one line with the amount instead. */
  readonly word: string | null;
  readonly at: string | null;
}

/** What a search found. */
export interface SearchAnswer {
  readonly found: readonly Found[];
  /** There is more than is listed. */
  readonly more: boolean;
  /** What was not searched, as a sentence. */
  readonly hint: string | null;
}

/** Reads the answer of `GET /search`, whatever came over the wire. */
export function readSearchAnswer(value: unknown): SearchAnswer {
  const { found, more, hint } = readRecord(value);
  return { found: readList(found, readFound).filter(({ id }) => id !== ''), more: more === true, hint: readText(hint) };
}

function readFound(value: unknown): Found {
  const { kind, id, title, word, amount, at, address } = readRecord(value);
  const shown = readText(id) ?? '';
  return {
    kind: readText(kind) ?? 'unknown',
    id: shown,
    of: idIn(readText(address)) ?? shown,
    amount: readAmount(amount),
    word: word === undefined ? readText(title) : readText(word),
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
