import { Injectable } from '@nestjs/common';

/**
 * Notifies the sweeper of the same process about postings that others depend on: a document was saved or released, so its dependents can
 * continue; or a posting began to wait for the release of a document, so the batch of that document can close.
 */
@Injectable()
export class DocumentRecorded {
  private listener: (postingKeys: readonly string[]) => void = () => undefined;

  /** Sets the only listener; a later one replaces it. */
  onRecorded(listener: (postingKeys: readonly string[]) => void): void {
    this.listener = listener;
  }

  /** Notifies the listener; does nothing without keys. */
  notify(postingKeys: readonly string[]): void {
    if (postingKeys.length > 0) this.listener(postingKeys);
  }
}
