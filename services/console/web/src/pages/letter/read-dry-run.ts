import type { ReconShapes } from '../../api/documents.js';
import type { Sent } from '../../api/sent.js';
import { readEffectLine, readLine } from '../../recon/read-document.js';
import { readAmount, readerOf, readList, readMaybe, readText, readWord, readWords } from '../../recon/read-value.js';

/** What processing a letter now would do. Facts null: the message is a fact or a posting already. */
export type DryRun = ReturnType<typeof readDryRun>;
/** What one posting would do. */
export type DryPosting = DryRun['postings'][number];
/** One call that would be sent. */
export type Call = DryPosting['calls'][number];
/** Why something cannot be done. */
export type Refusal = NonNullable<DryRun['problem']>;

const readRefusalFields = readerOf<ReconShapes['ProblemView']>()({ code: (value) => readText(value) ?? 'unknown', text: readWord });
const readRefusal = (value: Sent<ReconShapes['ProblemView'] | null>) => readMaybe(value, readRefusalFields);

const readCall = readerOf<ReconShapes['DryCallView']>()({ method: readWord, path: readWord, body: readWord, text: readWord });

const readTotal = readerOf<ReconShapes['EffectTotal']>()({ debit: readAmount, credit: readAmount });

const readPosting = readerOf<ReconShapes['DryPostingView']>()({
  postingKey: readWord,
  target: readWord,
  kind: (value) => readText(value) ?? 'document',
  open: readWords,
  calls: (value) => readList(value, readCall),
  lines: (value) => readList(value, readLine),
  effect: (value) => readList(value, readEffectLine),
  totals: (value) => readList(value, readTotal),
  problem: readRefusal,
});

/** Reads the answer of `POST /dead-letters/:id/dry-run`, whatever it is. */
export const readDryRun = readerOf<ReconShapes['DryRunView']>()({
  facts: (value) => (Array.isArray(value) ? readWords(value) : null),
  mappingVersion: readText,
  ignoredReason: readText,
  problem: readRefusal,
  postings: (value) => readList(value, readPosting),
});
