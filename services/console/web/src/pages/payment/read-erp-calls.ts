import type { AnswerOf, SinkShapes } from '../../api/documents.js';
import type { Sent } from '../../api/sent.js';
import { readCount, readerOf, readFlag, readLength, readList, readRecord, readText, readWord } from '../../recon/read-value.js';

/** Calls about a posting, and whether the sink that has them did not answer. */
export type ErpCalls = ReturnType<typeof readErpCalls>;
/** One call about a posting. */
export type ErpCall = ErpCalls['calls'][number];
/** One request to a ledger and its answer. */
export type ErpExchange = ErpCall['exchanges'][number];

const readExchange = readerOf<SinkShapes['ErpExchangeView']>()({
  method: readWord,
  path: readWord,
  request: readText,
  status: readCount,
  answer: readText,
  problem: readText,
  ms: readCount,
  cut: readFlag,
});

const readCall = readerOf<SinkShapes['ErpCallView']>()({
  id: readWord,
  call: readWord,
  result: readWord,
  at: readText,
  masked: readFlag,
  problem: readText,
  exchanges: (value) => readList(value, readExchange),
});

/** Reads `GET /calls` of an erp-sink, as the console passes it on. */
export function readErpCalls(value: Sent<AnswerOf<'/api/calls'>>) {
  const { calls, silent } = readRecord(value);
  return { calls: readList(calls, readCall), isSilent: readLength(silent) > 0 };
}
