import { findingCodes } from '@tributary/connector-kit';
import type { FindingCode, FindingLevel } from '@tributary/connector-kit';

/** One result of checking a target. */
export interface TargetFinding {
  /** What kind of finding it is, published: docs/target-findings.md. */
  readonly code: FindingCode;
  /** `missing`: postings would fail; `warning`: worth a look; `unknown`: the target gives no way to know; `ok`: as it should be. */
  readonly level: FindingLevel;
  /** `Stripe`, `Profile`, or the name of a ledger. */
  readonly target: string;
  /** What was found, in one sentence. */
  readonly text: string;
  /** How to get what is missing; empty for `ok`. */
  readonly fix: string;
}

/** The part of `fetch` that the checks use. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A request without the answer's shape: status and JSON body, or why there is no answer. */
export type Answer = { readonly status: number; readonly body: unknown } | { readonly unreachable: string };

const timeoutMs = 20_000;

/** Sends one request. Never throws: without an answer the reason is the result. */
export async function ask(fetch: Fetch, url: string, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs), ...init });
    const text = await response.text();
    return { status: response.status, body: parsed(text) };
  } catch (error) {
    const { cause, name } = error as Error & { cause?: { code?: string; message?: string } };
    return { unreachable: cause?.code ?? cause?.message ?? name };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text.slice(0, 200);
  }
}

/** A check that passed. */
export const ok = (target: TargetFinding['target'], text: string): TargetFinding => found('check.passed', target, text, '');

/** A finding of a code; its level is that of the code. */
export const found = (code: FindingCode, target: TargetFinding['target'], text: string, fix: string): TargetFinding => ({
  code,
  level: findingCodes[code].level,
  target,
  text,
  fix,
});

/** One line. */
export function findingLine({ code, level, target, text, fix }: TargetFinding): string {
  const what = fix === '' ? text : `${text} ${fix}`;
  return `${level.padEnd(7)} ${target}: ${what}${level === 'ok' ? '' : ` (${code})`}`;
}
