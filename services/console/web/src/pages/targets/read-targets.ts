import type { AnswerOf, SinkShapes } from '../../api/documents.js';
import type { Sent } from '../../api/sent.js';
import {
  readAmounts,
  readCount,
  readerOf,
  readList,
  readMaybe,
  readRecord,
  readText,
  readWord,
  readWords,
} from '../../recon/read-value.js';
import { readBatch } from './read-batches.js';

/** A target, every field read: nothing is missing. */
export type Target = ReturnType<typeof readTarget>;
/** A pause that somebody ordered. */
export type Pause = NonNullable<Target['paused']>;
/** What the last check found. */
export type Check = ReturnType<typeof readCheck>;
/** One result of a check. */
export type Finding = Check['findings'][number];
/** `GET /api/targets`. */
export type Targets = ReturnType<typeof readTargets>;
/** An erp-sink that does not answer. */
export type SilentSink = Targets['silent'][number];

/** Reads any answer; what is no row is an empty one. */
export function readTargets(value: Sent<AnswerOf<'/api/targets'>>) {
  const { targets, silent } = readRecord(value);
  return { targets: readList(targets, readTarget), silent: readList(silent, readSilent) };
}

const readSilent = readerOf<AnswerOf<'/api/targets'>['silent'][number]>()({ targets: readWords, since: readText, problem: readWord });

const readFinding = readerOf<SinkShapes['TargetFindingView']>()({ code: readWord, level: readText, text: readWord, fix: readWord });

/** Reads what a check found, whatever it is. */
export const readCheck = readerOf<SinkShapes['TargetCheckView']>()({
  at: readText,
  findings: (value) => readList(value, readFinding),
});

const readPause = readerOf<SinkShapes['TargetPauseView']>()({ at: readText, by: readWord, reason: readWord });
const readBreaker = readerOf<SinkShapes['TargetBreakerView']>()({ since: readText, code: readWord });
const readFailure = readerOf<SinkShapes['TargetFailureView']>()({ at: readText, postingKey: readWord, code: readText });
const readOldest = readerOf<NonNullable<SinkShapes['TargetPostingsView']['oldest']>>()({ postingKey: readWord, since: readText });

const readCalls = readerOf<SinkShapes['TargetCallsView']>()({
  lastMinute: readCount,
  limitPerMinute: readCount,
  inFlight: readCount,
  inFlightLimit: readCount,
  lastAnswerAt: readText,
});

const readPostings = readerOf<SinkShapes['TargetPostingsView']>()({
  open: readCount,
  unknown: readCount,
  held: readCount,
  oldest: (value) => readMaybe(value, readOldest),
});

const readBatches = readerOf<SinkShapes['TargetBatchesView']>()({
  open: readCount,
  documents: readCount,
  amounts: readAmounts,
  list: (value) => readList(value, readBatch),
});

const readLimits = readerOf<SinkShapes['TargetLimitsView']>()({ kinds: readWords, features: readWords, longestCallMs: readCount });

/** Reads one target, whatever it is. */
export const readTarget = readerOf<SinkShapes['TargetView']>()({
  target: readWord,
  product: readWord,
  state: readText,
  paused: (value) => readMaybe(value, readPause),
  breaker: (value) => readMaybe(value, readBreaker),
  calls: readCalls,
  postings: readPostings,
  batches: readBatches,
  lastSuccessAt: readText,
  lastFailure: (value) => readMaybe(value, readFailure),
  limits: readLimits,
  mappingVersion: readText,
  check: (value) => readMaybe(value, readCheck),
});
