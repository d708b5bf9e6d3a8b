import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReconShapes } from '../../api/documents.js';
import type { Sent } from '../../api/sent.js';
import { useAction } from '../../identity/use-action.js';
import { readerOf, readFlag, readMaybe, readRecord, readText, readWords } from '../../recon/read-value.js';
import { messageOf, order } from '../../shell/http.js';
import { queryClient, queryOf, useRead } from '../../shell/query.js';
import type { Answer } from '../../shell/query.js';

/** How often a verification that runs is asked how far it is, ms. */
const askedEveryMs = 500;

/** A verification as the page shows it. */
export type Verification = ReturnType<typeof readVerification>;
/** What the last verification found. `brokenAt`: place of the first break. */
export type VerificationResult = NonNullable<Verification['last']>;

type ResultShape = ReconShapes['AuditVerificationResult'];

const readResultFields = readerOf<ResultShape>()({
  endedAt: readText,
  whole: readFlag,
  isProtected: readFlag,
  rows: readText,
  sentences: readWords,
});

function readResult(value: Sent<ResultShape>) {
  return { ...readResultFields(value), brokenAt: readText(readRecord(readRecord(value).finding).sequence) };
}

const readRun = readerOf<NonNullable<ReconShapes['AuditVerificationView']['running']>>()({
  startedBy: readText,
  rows: numberOf,
  of: numberOf,
});

/** Reads whatever recon answered about the verification. */
export const readVerification = readerOf<ReconShapes['AuditVerificationView']>()({
  running: (value) => readMaybe(value, readRun),
  last: (value) => readMaybe(value, readResult),
  problem: readText,
});

function numberOf(value: Sent<string>): number {
  const number = Number(readText(value) ?? 0);
  return Number.isFinite(number) && number > 0 ? number : 0;
}

/** How far the verification is, and a way to start one. */
export function useVerification() {
  const { busy, problem, run } = useAction();
  const [starts, setStarts] = useState(0);
  const query = queryOf('/api/audit/verification', {});
  const { data, error } = useQuery({
    ...query,
    select: readVerification,
    refetchInterval: ({ state }) => (state.data && readVerification(state.data).running ? askedEveryMs : false),
  });
  const start = (): void =>
    run(async () => {
      queryClient.setQueryData(query.queryKey, await order('post', '/api/audit/verification', {}, undefined));
      setStarts(starts + 1);
    });
  return { data, problem: problem ?? (error ? messageOf(error) : undefined), busy, start, wasStarted: starts > 0 };
}

/** One entry of the audit trail. */
export type Entry = ReturnType<typeof readEntry>;

/** Reads an entry, whatever it is. `details` are whatever the entry says. */
export const readEntry = readerOf<ReconShapes['AuditEntryView']>()({
  at: readText,
  subject: readText,
  name: readText,
  action: readText,
  object: readText,
  target: readText,
  reason: readText,
  address: readText,
  details: (value): unknown => value,
  hash: readText,
  previous: readText,
  fitsItsHash: readFlag,
  followsTheRowBefore: readFlag,
});

/** One entry by its place in the chain. */
export function useEntry(sequence: string): Answer<Entry> {
  return useRead('/api/audit/{sequence}', { sequence }, readEntry);
}
