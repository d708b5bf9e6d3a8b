import { Injectable } from '@nestjs/common';

/** Tells the sweeper, within one process, that the ledger has just recorded a document: postings that wait for it can go on at once. */
@Injectable()
export class DocumentRecorded {
  private listener: (postingKey: string) => void = () => undefined;

  /** One listener; a later one replaces it. */
  onRecorded(listener: (postingKey: string) => void): void {
    this.listener = listener;
  }

  notify(postingKey: string): void {
    this.listener(postingKey);
  }
}
