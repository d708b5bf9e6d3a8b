import { addressPart, visibleText } from '../../format/text.js';
import { readTrace } from '../../recon/read.js';
import type { Trace } from '../../recon/shapes.js';
import { ApiError } from '../../shell/http.js';
import { useRecon } from '../../shell/query.js';

interface Found {
  readonly trace: Trace | undefined;
  readonly problem: string | undefined;
}

/** A charge's captures and their steps. What was found stays when the next answer is an error, except that nobody knows it. */
export function useTrace(id: string): Found {
  const { data, error, problem } = useRecon(`/payments/${addressPart(id)}`, readTrace);
  if (error instanceof ApiError && error.status === 404)
    return {
      trace: undefined,
      problem: `No payment is known by the id ${visibleText(id)}. Look for it in the list, by another of its ids.`,
    };
  return { trace: data, problem };
}
