import type { PostingRequested } from '@tributary/contracts';

/** A canonical fact as route takes it from its topic. */
export interface RoutedFact {
  readonly eventId: string;
  readonly eventType: string;
  readonly value: unknown;
  readonly sourceEventId: string;
  readonly sequence: string;
  /** Answers of people to questions of flows: code of the question -> answer. */
  readonly answers?: ReadonlyMap<string, string>;
}

/** A posting request with the id of its message. */
export interface IdentifiedPostingRequest {
  /** Deterministic: routing the same fact again makes the same request. */
  readonly requestId: string;
  readonly request: PostingRequested;
}
