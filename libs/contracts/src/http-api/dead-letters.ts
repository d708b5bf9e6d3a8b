import type { AmountView, SumView } from './amounts.js';
import type { EffectLineView } from './ledger-effects.js';
import type { DocumentLineView } from './payments.js';

/** Dead letters that are not closed, of one cause in one consumer group. */
export interface CauseView {
  /** Stable error code. */
  readonly cause: string;
  readonly group: string;
  /** True: nothing is wrong with the messages, a person has to look into the target. */
  readonly held: boolean;
  /** Open ones and those of an unfinished order. */
  readonly count: number;
  readonly ordered: number;
  /** Messages parked behind them. */
  readonly parkedBehind: number;
  readonly moneyAtRisk: readonly AmountView[];
  /** Money of the messages parked behind them. */
  readonly moneyBehind: readonly AmountView[];
  readonly oldestAt: string;
  readonly newestAt: string;
  /** Text of the newest one. */
  readonly example: string | null;
}

/** A person as a dead letter names them: the subject of their identity, and their name at that time. */
export interface LetterPersonView {
  /** `person:<id>`. */
  readonly subject: string;
  readonly name: string;
}

/** The question that a held dead letter asks, by its stable code, and the answers that it offers. */
export interface LetterQuestionView {
  readonly code: string;
  readonly answers: readonly string[];
}

/** A message taken out of processing. */
export interface LetterView {
  readonly id: string;
  /** `open`, `ordered`, `closed`. */
  readonly state: string;
  /** How it was closed: `replayed`, `skipped`, `resolved`, `dead-again`, `not-applicable`. */
  readonly result: string | null;
  readonly cause: string;
  readonly text: string | null;
  readonly held: boolean;
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly sequence: string;
  readonly eventType: string | null;
  readonly messageId: string;
  readonly eventId: string;
  readonly attempts: number | null;
  readonly firstFailureAt: string | null;
  readonly deadAt: string;
  readonly closedAt: string | null;
  readonly money: AmountView | null;
  readonly parkedBehind: number;
  /** Who looks after it; null: nobody. */
  readonly assignee: LetterPersonView | null;
  /** What it asks a person; null: nothing, or it cannot be read. */
  readonly question: LetterQuestionView | null;
  /** How often its message was dead-lettered before: a replay failed each time. */
  readonly replays: number;
  /** The letter of its message before this one; null: it is the first. */
  readonly previous: string | null;
}

/** Answer of `GET /dead-letters/totals`: the letters that a filter selects. */
export interface LetterTotalsView extends SumView {
  readonly sequences: number;
  /** Messages parked behind them. */
  readonly parkedBehind: number;
  readonly oldestAt: string | null;
}

/** A page of dead letters, oldest first. */
export interface LettersPage {
  readonly deadLetters: readonly LetterView[];
  readonly next: string | null;
  /** Cursor of the page before; null on the first one. */
  readonly previous: string | null;
}

/** One entry of the audit of a dead letter. */
export interface LetterAudit {
  readonly at: string;
  readonly order: string;
  readonly done: string;
  readonly by: string;
  readonly reason: string;
  /** Digest of the bytes before and after. */
  readonly before: string | null;
  readonly after: string | null;
}

/** A dead letter with what its message contains. */
export interface LetterDetail extends LetterView {
  readonly deadLetterTopic: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly traceId: string | null;
  readonly schema: { readonly id: number; readonly name: string } | null;
  /** As it can be edited; null where the bytes cannot be read. */
  readonly value: unknown;
  readonly problem: string | null;
  readonly bytes: { readonly length: number; readonly base64: string };
  readonly audit: readonly LetterAudit[];
}

/** One place in which two JSON values differ. */
export interface Difference {
  readonly path: string;
  /** Absent: the place did not exist. */
  readonly before?: unknown;
  /** Absent: the place exists no longer. */
  readonly after?: unknown;
}

/** One field of an edited value that does not fit. */
export interface FieldProblem {
  /** `source.eventId`, `lines[2].amount`; empty for the value itself. */
  readonly path: string;
  readonly expected: string;
  readonly found: string;
}

/** One change of an edit that is about money, as texts: an order with it waits for a second person. */
export interface MoneyChangeView {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** Answer of `POST /dead-letters/:id/check-edit`. */
export type CheckedEditView =
  | { readonly ok: true; readonly differences: readonly Difference[]; readonly money: readonly MoneyChangeView[] }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/** Why something cannot be done, by its stable error code. */
export interface ProblemView {
  readonly code: string;
  readonly text: string;
}

/** One call of a dry run. */
export interface DryCallView {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly text: string;
}

/** Sums of the debits and the credits of an effect in one currency. */
export interface EffectTotal {
  readonly debit: AmountView;
  readonly credit: AmountView;
}

/** What one posting request would do. */
export interface DryPostingView {
  readonly postingKey: string;
  readonly target: string;
  readonly kind: string;
  readonly protocol: string;
  readonly mappingVersion: string;
  /** Calls that store, as they would be sent. */
  readonly calls: readonly DryCallView[];
  /** Fields that depend on documents not yet posted. */
  readonly open: readonly string[];
  /** Rows of the document: invoice lines, journal lines. Empty for documents that have none. */
  readonly lines: readonly DocumentLineView[];
  /** What it would do to the books. Empty for documents that move no money. */
  readonly effect: readonly EffectLineView[];
  /** Sums of both sides, one per currency; equal, or `problem` says so. */
  readonly totals: readonly EffectTotal[];
  /** Why it would be refused before anything is sent. */
  readonly problem: ProblemView | null;
}

/** Answer of `POST /dead-letters/:id/dry-run`. */
export interface DryRunView {
  /** Types of the canonical facts that a raw event becomes; null for what is one already. */
  readonly facts: readonly string[] | null;
  /** Version of the assets that it was routed with; null for posting requests. */
  readonly mappingVersion: string | null;
  readonly postings: readonly DryPostingView[];
  readonly ignoredReason: string | null;
  readonly problem: ProblemView | null;
}

/** A message parked behind a failed one of its sequence. */
export interface ParkedView {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly sequence: string;
  readonly messageId: string;
  readonly eventId: string;
  /** Error code of the message that it waits behind. */
  readonly behind: string;
  readonly parkedAt: string;
  readonly money: AmountView | null;
}
