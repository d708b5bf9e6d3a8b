import type { Effect, PostingRequest, Result } from './types.js';

/** The effect that records the outcome of a request, final or not. */
export function conclude(request: Pick<PostingRequest, 'requestId'>, result: Result, code?: string, text?: string): Effect {
  return {
    kind: 'conclude',
    requestId: request.requestId,
    result,
    ...(code === undefined ? {} : { code }),
    ...(text === undefined ? {} : { text }),
  };
}
