import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useAction } from '../../identity/use-action.js';
import type { ReconShapes } from '../../recon/api-shapes.js';
import { readList, readRecord, readText } from '../../recon/read-value.js';
import { getJson, messageOf, postJson } from '../../shell/http.js';
import { queryClient, reconKey, useRecon } from '../../shell/query.js';
import type { Answer } from '../../shell/query.js';
import { reconPath } from '../../shell/recon-path.js';

const path = reconPath('/audit/verification', {});
const key = [reconKey, path];
/** How often a verification that runs is asked how far it is, ms. */
const askedEveryMs = 500;

/** A verification as the page shows it. */
export interface Verification {
  readonly running: { readonly startedBy: string | null; readonly rows: number; readonly of: number } | null;
  readonly last: VerificationResult | null;
  readonly problem: string | null;
}

/** What the last verification found. */
export interface VerificationResult {
  readonly endedAt: string | null;
  readonly whole: boolean;
  readonly isProtected: boolean;
  readonly rows: string | null;
  readonly sentences: readonly string[];
  /** Place of the first break. */
  readonly brokenAt: string | null;
}

/** Reads whatever recon answered about the verification. */
export function readVerification(value: unknown): Verification {
  const { running, last, problem } = readRecord<ReconShapes['AuditVerificationView']>(value);
  const run = readRecord(running);
  return {
    running:
      typeof running === 'object' && running !== null
        ? { startedBy: readText(run.startedBy), rows: numberOf(run.rows), of: numberOf(run.of) }
        : null,
    last: typeof last === 'object' && last !== null ? readResult(last) : null,
    problem: readText(problem),
  };
}

function readResult(value: unknown): VerificationResult {
  const { endedAt, whole, isProtected, rows, sentences, finding } = readRecord(value);
  return {
    endedAt: readText(endedAt),
    whole: whole === true,
    isProtected: isProtected === true,
    rows: readText(rows),
    sentences: readList(sentences, (one) => readText(one) ?? ''),
    brokenAt: readText(readRecord(finding).sequence),
  };
}

const numberOf = (value: unknown): number => {
  const number = Number(readText(value) ?? 0);
  return Number.isFinite(number) && number > 0 ? number : 0;
};

/** How far the verification is, and a way to start one. */
export function useVerification() {
  const { busy, problem, run } = useAction();
  const [starts, setStarts] = useState(0);
  const { data, error } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => getJson(path, signal),
    select: readVerification,
    refetchInterval: ({ state }) => (readVerification(state.data).running ? askedEveryMs : false),
  });
  const start = (): void =>
    run(async () => {
      queryClient.setQueryData(key, await postJson(path, {}));
      setStarts(starts + 1);
    });
  return { data, problem: problem ?? (error ? messageOf(error) : undefined), busy, start, wasStarted: starts > 0 };
}

/** One entry of the audit trail. */
export interface Entry {
  readonly row: Readonly<Record<string, unknown>>;
  readonly fitsItsHash: boolean;
  readonly followsTheRowBefore: boolean;
}

/** One entry by its place in the chain. */
export function useEntry(sequence: string): Answer<Entry> {
  return useRecon(reconPath('/audit/{sequence}', { sequence }), (value) => {
    const row = readRecord(value);
    return { row, fitsItsHash: row.fitsItsHash === true, followsTheRowBefore: row.followsTheRowBefore === true };
  });
}
