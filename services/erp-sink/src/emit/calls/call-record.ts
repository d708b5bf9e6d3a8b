import { Injectable } from '@nestjs/common';

const windowS = 60;
/** What a call ends with when the target said nothing. */
const unanswered: ReadonlySet<string> = new Set(['error', 'unknown', 'unavailable']);

/** Which calls of the target were made in the last minute, in this process. */
@Injectable()
export class CallRecord {
  /** One place per second, which is used again a minute later. */
  private readonly seconds = Array.from({ length: windowS }, () => ({ second: -1, calls: 0 }));
  private answeredAt: number | undefined;

  /** @param now ms since the epoch. */
  constructor(private readonly now: () => number = Date.now) {}

  /** A call has ended. @param answer as metrics name it. */
  note(answer: string): void {
    const now = this.now();
    const second = Math.floor(now / 1_000);
    const place = this.seconds[second % windowS];
    if (!place) return;
    if (place.second !== second) Object.assign(place, { second, calls: 0 });
    place.calls += 1;
    if (!unanswered.has(answer)) this.answeredAt = now;
  }

  /** Calls of the last 60 seconds. */
  get lastMinute(): number {
    const oldest = Math.floor(this.now() / 1_000) - windowS;
    return this.seconds.reduce((sum, { second, calls }) => (second > oldest ? sum + calls : sum), 0);
  }

  /** When the target last answered; undefined: it did not yet. */
  get lastAnswerAt(): Date | undefined {
    return this.answeredAt === undefined ? undefined : new Date(this.answeredAt);
  }
}
