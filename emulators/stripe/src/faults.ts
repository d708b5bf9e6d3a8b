import { ApiProblem } from './problem.js';
import type { Random } from './random.js';

/** A fault of the API, set through `PUT /_control/faults`. Bodies and headers: docs/reference/stripe.md, section 6. */
export interface FaultRule {
  readonly match?: { readonly method?: string; readonly path?: string; readonly probability?: number; readonly times?: number };
  /**
   * `rate-limit`, `lock-timeout` and `down` are answered without executing the call; `server-error-after` and `cut-after` execute it and
   * answer 500, or half an answer; `slow` executes it after `delayMs`.
   */
  readonly action: 'rate-limit' | 'lock-timeout' | 'down' | 'server-error-after' | 'cut-after' | 'slow';
  readonly delayMs?: number;
}

/** The faults of a run: rules that say which calls fail, how and how often. */
export class Faults {
  private rules: (FaultRule & { used: number })[] = [];

  constructor(private readonly random: Random) {}

  set(rules: readonly FaultRule[]): void {
    this.rules = rules.map((rule) => ({ ...rule, used: 0 }));
  }

  /** The fault that this call meets, if any. */
  meet(method: string, path: string): FaultRule | undefined {
    for (const rule of this.rules) {
      const { match = {} } = rule;
      if (match.method !== undefined && match.method !== method) continue;
      if (match.path !== undefined && !path.startsWith(match.path)) continue;
      if (match.times !== undefined && rule.used >= match.times) continue;
      if (match.probability !== undefined && this.random() >= match.probability) continue;
      rule.used += 1;
      return rule;
    }
    return undefined;
  }
}

/** What is answered instead of executing the call; undefined for a fault that executes it. */
export function refusalOf(action: FaultRule['action']): ApiProblem | undefined {
  switch (action) {
    case 'rate-limit':
      return new ApiProblem(
        429,
        { type: 'invalid_request_error', code: 'rate_limit', message: 'Request rate limit exceeded.' },
        { 'stripe-rate-limited-reason': 'global-rate' },
      );
    case 'lock-timeout':
      return new ApiProblem(
        429,
        {
          type: 'invalid_request_error',
          code: 'lock_timeout',
          message: 'This object cannot be accessed right now because another API request or Stripe process is currently accessing it.',
        },
        { 'stripe-should-retry': 'true' },
      );
    case 'down':
      return new ApiProblem(503, { type: 'api_error', message: 'Service unavailable.' });
    case 'server-error-after':
    case 'cut-after':
    case 'slow':
      return undefined;
  }
}

/** Stripe's body for an error of its own. */
export const unknownError = { error: { type: 'api_error', message: 'An unknown error occurred' } };
