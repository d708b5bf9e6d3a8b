import type { AmountView } from './amounts.js';
import type { LetterPersonView } from './dead-letters.js';

/** A sequence that stands still: its dead letters that are not closed, and what is parked behind them. */
export interface SequenceView {
  readonly group: string;
  /** Topic from which its messages were read. */
  readonly topic: string;
  readonly sequence: string;
  /** Id of the first of its letters: what has to be dealt with first. */
  readonly head: string;
  /** Stable error code of the head. */
  readonly cause: string;
  /** Text of the head. */
  readonly text: string | null;
  /** True: a person has to look into the target for one of them. */
  readonly held: boolean;
  readonly letters: number;
  /** Letters of an unfinished order. */
  readonly ordered: number;
  readonly parkedBehind: number;
  readonly money: readonly AmountView[];
  readonly oldestAt: string;
  /** Who looks after the first of its letters that somebody looks after; null: nobody. */
  readonly assignee: LetterPersonView | null;
  /** Who looks after the head itself, which is what an assignment replaces; null: nobody. */
  readonly headAssignee: LetterPersonView | null;
  /** How often the message of the head was dead-lettered before: a replay failed each time. */
  readonly replays: number;
  /** Request of this API that lists the letters. */
  readonly list: string;
}

/** Answer of `GET /dead-letters/sequences`, the longest waiting first. */
export interface SequencesPage {
  readonly sequences: readonly SequenceView[];
  readonly next: string | null;
  /** Cursor of the page before; null on the first one. */
  readonly previous: string | null;
}
