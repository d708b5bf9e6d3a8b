import type { OrderAction } from './orders.js';
import type { LetterAudit, LetterPersonView, LetterQuestionView, LetterView, ParkedView } from './dead-letters.js';

/** A comment on a dead letter. */
export interface LetterCommentView {
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly by: LetterPersonView;
  /** Null: it was deleted, by age or with the data of a customer. */
  readonly text: string | null;
}

/** One of the dead letters of the same message, which was dead-lettered again after each replay. */
export interface LetterGenerationView {
  readonly id: string;
  readonly cause: string;
  readonly deadAt: string;
  readonly attempts: number | null;
  /** `open`, `ordered`, `closed`. */
  readonly state: string;
  /** What came of it; null while it is not closed. */
  readonly result: string | null;
  readonly closedAt: string | null;
}

/** The field for which a message failed, as far as the failure names one. */
export interface GuiltyFieldView {
  /** Its name, as the failure has it: `CheckRef`, `charge.amount`. */
  readonly named: string;
  /** Its place in the message; null: it is no field of the message, but of the document that a mapping makes of it. */
  readonly path: string | null;
}

/** Answer of `GET /dead-letters/:id/case`: all about a dead letter but what its message holds. */
export interface LetterCase {
  readonly letter: LetterView;
  readonly deadLetterTopic: string;
  readonly traceId: string | null;
  readonly lastFailureAt: string | null;
  /** Whether the bytes of the message are stored. */
  readonly kept: boolean;
  readonly question: LetterQuestionView | null;
  readonly guilty: GuiltyFieldView | null;
  /** The first messages that are parked behind it, in order; `letter.parkedBehind` counts all. */
  readonly parked: readonly ParkedView[];
  /** All dead letters of the same message, oldest first; the letter itself is one of them. */
  readonly generations: readonly LetterGenerationView[];
  /** The newest order that has it, or had it when it was closed; null: none. */
  readonly order: LetterOrderView | null;
  /** What was ordered about it, oldest first. */
  readonly audit: readonly LetterAudit[];
  /** Oldest first. */
  readonly comments: readonly LetterCommentView[];
}

/** The order that a letter is in, and whose it is. */
export interface LetterOrderView {
  readonly id: string;
  readonly action: OrderAction;
  readonly by: string;
  readonly reason: string;
  readonly orderedAt: string;
}

/** What a field of a schema means. */
export interface SchemaFieldView {
  /** `amount.minor`, `lines[].amount`. */
  readonly path: string;
  readonly type: string;
  readonly doc: string | null;
}

/** The schema that a message was written with. */
export interface LetterSchemaView {
  readonly id: number;
  readonly name: string;
  /** Its version in the subject of the topic; null: the registry does not say. */
  readonly version: number | null;
  /** Whether messages of this type are written with this schema today; false: with a later version. */
  readonly isCurrent: boolean;
  readonly doc: string | null;
  readonly fields: readonly SchemaFieldView[];
}

/** Answer of `GET /dead-letters/:id/message`: what the message of a dead letter holds, decoded, without its bytes. */
export interface LetterMessage {
  readonly id: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Null: the message is JSON, or could not be read. */
  readonly schema: LetterSchemaView | null;
  /** As it can be edited; null where the bytes cannot be read. */
  readonly value: unknown;
  /** Why the value cannot be shown, or not in full. */
  readonly problem: string | null;
  /** Bytes of the message. */
  readonly length: number;
}

/** Body of `POST /dead-letters/:id/comments`; the answer is a {@link LetterCommentView}. */
export interface NewLetterComment {
  /** 1 to 2,000 characters. */
  readonly text: string;
}

/** Body of `POST /dead-letters/:id/assignment`. */
export interface NewLetterAssignment {
  /** `me`: whoever asks; null: nobody. */
  readonly assignee: 'me' | LetterPersonView | null;
  /** Subject of whom it is assigned to now, as the asker saw it; null: nobody. */
  readonly replaces: string | null;
}

/** Answer of `POST /dead-letters/:id/assignment`. */
export interface LetterAssignmentView {
  readonly assignee: LetterPersonView | null;
}
