import { readCount, readList, readRecord, readText } from '../../recon/read-value.js';

/** One request to a ledger and its answer. */
export interface ErpExchange {
  readonly method: string;
  readonly path: string;
  readonly request: string | null;
  readonly status: number | null;
  readonly answer: string | null;
  readonly problem: string | null;
  readonly ms: number | null;
  readonly cut: boolean;
}

/** One call about a posting. */
export interface ErpCall {
  readonly id: string;
  readonly call: string;
  readonly result: string;
  readonly at: string | null;
  readonly masked: boolean;
  readonly problem: string | null;
  readonly exchanges: readonly ErpExchange[];
}

/** Calls about a posting, and whether the sink that has them answered. */
export interface ErpCalls {
  readonly calls: readonly ErpCall[];
  readonly isSilent: boolean;
}

/** Reads `GET /calls` of an erp-sink, as the console passes it on. Never throws. */
export function readErpCalls(value: unknown): ErpCalls {
  const { calls, silent } = readRecord(value);
  return { calls: readList(calls, readCall), isSilent: readList(silent, readRecord).length > 0 };
}

function readCall(value: unknown): ErpCall {
  const { id, call, result, at, masked, problem, exchanges } = readRecord(value);
  return {
    ...{ id: readText(id) ?? '', call: readText(call) ?? '', result: readText(result) ?? '', at: readText(at) },
    ...{ masked: masked === true, problem: readText(problem), exchanges: readList(exchanges, readExchange) },
  };
}

function readExchange(value: unknown): ErpExchange {
  const { method, path, request, status, answer, problem, ms, cut } = readRecord(value);
  return {
    ...{ method: readText(method) ?? '', path: readText(path) ?? '', request: readText(request), status: readCount(status) },
    ...{ answer: readText(answer), problem: readText(problem), ms: readCount(ms), cut: cut === true },
  };
}
