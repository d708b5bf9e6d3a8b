import { PostingAbandonedError } from './posting.errors.js';

/** Waits. @throws {PostingAbandonedError} when the signal is aborted meanwhile. */
export function sleep(ms: number, signal: AbortSignal, doing: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const abandoned = (): void => {
      clearTimeout(timer);
      reject(new PostingAbandonedError(`${doing}: the process stops; the ledger knows how far it came`));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abandoned);
      resolve();
    }, ms);
    if (signal.aborted) abandoned();
    else signal.addEventListener('abort', abandoned, { once: true });
  });
}
