import { Injectable } from '@nestjs/common';

/**
 * Tells the sweeper, within one process, which postings concern others: a document was saved or released, so its dependents can continue;
 * or something began to wait for the release of a document, so its batch can close.
 */
@Injectable()
export class DocumentRecorded {
  private listener: (postingKeys: readonly string[]) => void = () => undefined;

  /** One listener; a later one replaces it. */
  onRecorded(listener: (postingKeys: readonly string[]) => void): void {
    this.listener = listener;
  }

  /** Does nothing for no keys. */
  notify(postingKeys: readonly string[]): void {
    if (postingKeys.length > 0) this.listener(postingKeys);
  }
}
