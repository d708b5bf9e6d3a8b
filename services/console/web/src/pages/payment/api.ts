import { visibleText } from '../../format/text.js';
import { readTrace } from '../../recon/read.js';
import type { Trace } from '../../recon/shapes.js';
import { ApiError } from '../../shell/http.js';
import { useRead } from '../../shell/query.js';

interface Found {
  readonly trace: Trace | undefined;
  readonly problem: string | undefined;
}

/** Why nothing may be known of an id, as far as the id itself says it. */
export function unknownText(id: string): string {
  const shown = visibleText(id);
  const known = `No payment is known by the id ${shown}.`;
  if (/^(?:re|dp|du|po|txn|cus|in)_/.test(id))
    return `${known} It is the id of something else at Stripe: the search (/) finds what belongs to it.`;
  if (!/^(?:ch|pi|py|evt)_/.test(id)) return `${known} It is no id of a charge, a payment or an event: the search (/) knows the others.`;
  return `${known} Its webhook may not have arrived yet, it may belong to another account or mode of Stripe, it may never have been captured, or it is older than what was read. Look for it in the list, or with the search (/).`;
}

/** A charge's captures and their steps. What was found stays when the next answer is an error, except that nobody knows it. */
export function useTrace(id: string): Found {
  const { data, error, problem } = useRead('/api/payments/{id}', { id }, readTrace);
  if (error instanceof ApiError && error.status === 404)
    return {
      trace: undefined,
      problem: unknownText(id),
    };
  return { trace: data, problem };
}
