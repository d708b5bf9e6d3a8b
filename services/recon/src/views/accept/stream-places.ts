import { localIdentity } from '@tributary/identity';
import type { Identity } from '@tributary/identity';

/** Streams that one client may have open at once: a person, or an address where nobody is signed in. A browser needs one for all its tabs. */
export const mostStreamsPerClient = 20;

/** Places of open streams, counted by client, so that no client takes all of them. */
export class StreamPlaces {
  private readonly taken = new Map<string, number>();

  constructor(private readonly mostPerClient = mostStreamsPerClient) {}

  /** Takes a place. @returns gives it back, however often it is called; undefined when the client has as many as it may have. */
  take(client: string): (() => void) | undefined {
    const count = this.taken.get(client) ?? 0;
    if (count >= this.mostPerClient) return undefined;
    this.taken.set(client, count + 1);
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      const left = (this.taken.get(client) ?? 1) - 1;
      if (left === 0) this.taken.delete(client);
      else this.taken.set(client, left);
    };
  }
}

/** Who a stream is counted for. A service asks for many people; it is counted by its address as well. */
export function clientOf({ subject }: Identity, address: string): string {
  return subject === localIdentity.subject || subject.startsWith('service:') ? `${subject} at ${address}` : subject;
}
