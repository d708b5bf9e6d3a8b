import { PipelineError } from '@tributary/domain';

/** Longest answer that is read, bytes after it was inflated: a page of a list has some hundred kilobytes. */
export const largestAnswerBytes = 32 * 1_024 * 1_024;

/** An answer that is longer than any that is expected, for example a small one that inflates to gigabytes. What was read is dropped. */
export class EgressAnswerTooLargeError extends PipelineError {
  readonly code = 'egress.answer-too-large';
  readonly disposition = 'reject';
}

/** The same answer, whose body ends with {@link EgressAnswerTooLargeError} after `most` bytes. The request itself was sent and may have been applied. */
export function limitedAnswer(answer: Response, host: string, most = largestAnswerBytes): Response {
  if (answer.body === null) return answer;
  let bytes = 0;
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes <= most) controller.enqueue(chunk);
      else controller.error(new EgressAnswerTooLargeError(`calling ${host}: the answer is longer than ${most} bytes`, { host }));
    },
  });
  const { status, statusText, headers, url } = answer;
  const limited = new Response(answer.body.pipeThrough(counted), { status, statusText, headers: [...headers] });
  return Object.defineProperty(limited, 'url', { value: url });
}
