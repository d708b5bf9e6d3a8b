import type { PostingRequested } from '@tributary/contracts';

/** A canonical fact as route reads it from its topic. */
export interface RoutedFact {
  readonly eventId: string;
  readonly eventType: string;
  readonly value: unknown;
  readonly sourceEventId: string;
  readonly sequence: string;
  /** Code of the question -> the operator's answer. */
  readonly answers?: ReadonlyMap<string, string>;
}

/** A posting request with the id of its message. */
export interface IdentifiedPostingRequest {
  /** Deterministic: routing the same fact again yields the same id. */
  readonly requestId: string;
  readonly request: PostingRequested;
}
