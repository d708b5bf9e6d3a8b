import type { HalfDocument } from '@tributary/posting';
import type { PostingEvidence } from './evidence.js';
import { namesDocument } from './request-history.js';

/** The evidence without a document that may lack lines, and that document. */
export interface WithoutHalf {
  readonly evidence: PostingEvidence;
  /** undefined: the target shows no such document. */
  readonly half: HalfDocument | undefined;
}

/**
 * Removes from the evidence a document that cannot be shown to have all lines of its request, unless an outcome says that it is posted: it
 * must not be adopted (I3). The sink looks it up with its lines before it does anything else with the posting.
 */
export function withoutHalf(evidence: PostingEvidence): WithoutHalf {
  const { requests, words, documents } = evidence;
  const request = requests.at(-1)?.value;
  const [shown, ...others] = documents ?? [];
  if (!request || !shown || others.length > 0) return { evidence, half: undefined };
  const missing = request.lines.map(({ key }) => key).filter((key) => !shown.lineKeys?.includes(key));
  const isWhole = missing.length === 0 && shown.complete !== false;
  if (isWhole || words.some(({ event }) => namesDocument(event))) return { evidence, half: undefined };
  const half = { reference: shown.reference, missing, digest: request.digest };
  return { evidence: { ...evidence, documents: undefined, crossReference: undefined }, half };
}
