import { readEffectLine, readLine } from '../../recon/read-document.js';
import { readAmount, readList, readRecord, readText } from '../../recon/read-value.js';
import type { Amount, DocumentLine, EffectLine } from '../../recon/shapes.js';

/** Why something cannot be done. */
export interface Refusal {
  readonly code: string;
  readonly text: string;
}

/** One call that would be sent. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly text: string;
}

/** What one posting would do. */
export interface DryPosting {
  readonly postingKey: string;
  readonly target: string;
  readonly kind: string;
  readonly open: readonly string[];
  readonly calls: readonly Call[];
  readonly lines: readonly DocumentLine[];
  readonly effect: readonly EffectLine[];
  readonly totals: readonly { readonly debit: Amount | null; readonly credit: Amount | null }[];
  readonly problem: Refusal | null;
}

/** What processing a letter now would do. */
export interface DryRun {
  /** Null: the message is a fact or a posting already. */
  readonly facts: readonly string[] | null;
  readonly mappingVersion: string | null;
  readonly ignoredReason: string | null;
  readonly problem: Refusal | null;
  readonly postings: readonly DryPosting[];
}

/** Reads the answer of `POST /dead-letters/:id/dry-run`, whatever it is. Never throws. */
export function readDryRun(answer: unknown): DryRun {
  const { facts, mappingVersion, ignoredReason, problem, postings } = readRecord(answer);
  return {
    facts: Array.isArray(facts) ? readList(facts, (fact) => readText(fact) ?? '') : null,
    mappingVersion: readText(mappingVersion),
    ignoredReason: readText(ignoredReason),
    problem: readRefusal(problem),
    postings: readList(postings, readPosting),
  };
}

function readPosting(value: unknown): DryPosting {
  const { postingKey, target, kind, open, calls, lines, effect, totals, problem } = readRecord(value);
  return {
    postingKey: readText(postingKey) ?? '',
    target: readText(target) ?? '',
    kind: readText(kind) ?? 'document',
    open: readList(open, (text) => readText(text) ?? ''),
    calls: readList(calls, readCall),
    lines: readList(lines, readLine),
    effect: readList(effect, readEffectLine),
    totals: readList(totals, (sum) => {
      const { debit, credit } = readRecord(sum);
      return { debit: readAmount(debit), credit: readAmount(credit) };
    }),
    problem: readRefusal(problem),
  };
}

function readCall(value: unknown): Call {
  const { method, path, body, text } = readRecord(value);
  return { method: readText(method) ?? '', path: readText(path) ?? '', body: readText(body) ?? '', text: readText(text) ?? '' };
}

function readRefusal(value: unknown): Refusal | null {
  if (typeof value !== 'object' || value === null) return null;
  const { code, text } = readRecord(value);
  return { code: readText(code) ?? 'unknown', text: readText(text) ?? '' };
}
