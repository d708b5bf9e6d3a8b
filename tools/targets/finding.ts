/** One result of checking a target. */
export interface TargetFinding {
  /** `missing`: postings would fail; `warning`: could not be checked, or worth a look; `ok`: as it should be. */
  readonly level: 'ok' | 'warning' | 'missing';
  /** `Stripe`, `Kinetic`, `Profile`, or the name of another ledger. */
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
export const ok = (target: TargetFinding['target'], text: string): TargetFinding => ({ level: 'ok', target, text, fix: '' });
/** A check that failed: posting will not work before it is fixed. */
export const missing = (target: TargetFinding['target'], text: string, fix: string): TargetFinding => ({
  level: 'missing',
  target,
  text,
  fix,
});
/** A check that found something to look at; posting works. */
export const warning = (target: TargetFinding['target'], text: string, fix: string): TargetFinding => ({
  level: 'warning',
  target,
  text,
  fix,
});

/** One line. */
export function findingLine({ level, target, text, fix }: TargetFinding): string {
  return `${level.padEnd(7)} ${target}: ${text}${fix === '' ? '' : ` ${fix}`}`;
}
