import { Inject, Injectable } from '@nestjs/common';
import type { ErpDocument } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import type { Answer, Effect, Input } from '@tributary/posting';
import { askAboutPeriod, isOpen } from '../decide/posting-date.js';
import { CallLimiter } from './calls/call-limiter.js';
import { CallLog } from './calls/call-log.js';
import { ConnectorCalls } from './calls/connector-calls.js';
import { PeriodCalendar } from './calls/period-calendar.js';
import { periodsUnknownCode } from './ledger/document-composer.js';
import type { StepResult } from './ledger/ledger.repository.js';
import { PostingLedger } from './ledger/posting-ledger.js';
import { PostingAbandonedError } from './posting.errors.js';
import { sleep } from './sleep.js';

type Reported = Extract<Input, { fence: number }>;

/** An effect of a step that calls the target. */
export type CallEffect = Extract<Effect, { kind: 'lookup' | 'post' | 'discard' }>;

/** Makes the call that a step asks for and returns its result as the next input, under the fence of the claim. */
@Injectable()
export class PostingEffects {
  constructor(
    @Inject(PostingLedger) private readonly ledger: PostingLedger,
    @Inject(ConnectorCalls) private readonly calls: ConnectorCalls,
    @Inject(CallLimiter) private readonly turns: CallLimiter,
    @Inject(PeriodCalendar) private readonly calendar: PeriodCalendar,
    @Inject(CallLog) private readonly log: CallLog,
  ) {}

  /**
   * Makes the call of an effect and records its result.
   * @param due outcomes are published from the ledger, because no redelivery would publish them.
   * @throws {PostingAbandonedError} when the process stops, or when the call would outlive the lease.
   */
  async act(step: StepResult, effect: CallEffect, due: boolean, signal: AbortSignal): Promise<Reported> {
    switch (effect.kind) {
      case 'lookup':
        return this.look(step, effect, due, signal);
      case 'post':
        return this.send(step, due, signal);
      case 'discard':
        return this.discard(step, effect, due, signal);
    }
  }

  private async look(
    { row }: StepResult,
    { afterMs, withinMs }: Extract<CallEffect, { kind: 'lookup' }>,
    due: boolean,
    signal: AbortSignal,
  ): Promise<Reported> {
    const { fence } = row.posting;
    try {
      await sleep(afterMs, signal, `looking for ${row.key}`);
    } catch (error) {
      await this.ledger.report(row.key, { kind: 'abandoned', fence }, { due });
      throw error;
    }
    const { kind = '', lines = [] } = row.stored?.value ?? {};
    const find = (): Promise<Reported> => this.calls.find({ key: row.key as PostingKey, kind, lines, fence, withinMs }, signal);
    return this.turns.take(signal, () => this.log.keep({ postingKey: row.key, call: 'find' }, find, lookupResult));
  }

  private async send(step: StepResult, due: boolean, signal: AbortSignal): Promise<Reported> {
    const { row, composed } = step;
    const { fence } = row.posting;
    if (!composed) throw new TypeError(`posting ${row.key}: nothing to send`);
    if (composed.kind === 'answered') {
      if ('code' in composed.answer && composed.answer.code === periodsUnknownCode) await this.calendar.refresh(signal);
      return { kind: 'answered', fence, answer: composed.answer };
    }
    const { document } = composed;
    return this.withinLease(step, due, signal, async () => {
      const post = (): Promise<Answer> => this.calls.post(document, signal);
      const answer = await this.log.keep({ postingKey: row.key, call: 'post' }, post, ({ kind }) => kind);
      return { kind: 'answered', fence, answer: await this.closedMeanwhile(document, answer, signal) };
    });
  }

  private async discard(
    step: StepResult,
    { reference }: Extract<CallEffect, { kind: 'discard' }>,
    due: boolean,
    signal: AbortSignal,
  ): Promise<Reported> {
    const { row } = step;
    const { kind = '' } = row.stored?.value ?? {};
    return this.withinLease(step, due, signal, async () => ({
      kind: 'discard-answered',
      fence: row.posting.fence,
      answer: await this.log.keep(
        { postingKey: row.key, call: 'discard' },
        () => this.calls.discard({ key: row.key as PostingKey, kind, reference }, signal),
        (answer) => answer.kind,
      ),
    }));
  }

  /** Makes a call that writes, if it is certain to end before the lease does. */
  private async withinLease(
    { row, lease }: StepResult,
    due: boolean,
    signal: AbortSignal,
    call: () => Promise<Reported>,
  ): Promise<Reported> {
    return this.turns.take(signal, async () => {
      if (this.calls.fitsIn(lease)) return call();
      // The process was suspended, or PostgreSQL or the call limiter took long: another worker may hold the lease and may have posted.
      await this.ledger.report(row.key, { kind: 'abandoned', fence: row.posting.fence }, { due });
      throw new PostingAbandonedError(`posting ${row.key}: not sent, the lease would end before the call; the next worker looks first`, {
        postingKey: row.key,
      });
    });
  }

  /**
   * What a refusal means when the period is closed. Where the policy may move the date, and the period was closed after the periods were read:
   * a conflict, which is retried on the next open day. Otherwise a question.
   */
  private async closedMeanwhile(document: ErpDocument, answer: Answer, signal: AbortSignal): Promise<Answer> {
    const before = this.calendar.current();
    if (answer.kind !== 'rejected' || document.onClosedPeriod === undefined || !before) return askAboutPeriod(document, answer);
    await this.calendar.refresh(signal, 0);
    const date = this.calls.postingDateOf(document);
    if (date === undefined || isOpen(date, this.calendar.current() ?? [])) return askAboutPeriod(document, answer);
    return { kind: 'conflict', text: `the period of ${date} was closed meanwhile: ${answer.text}` };
  }
}

/** What a lookup came to, in a word. */
function lookupResult(input: Reported): string {
  if (input.kind === 'lookup-answered') return input.reference === undefined ? 'absent' : 'found';
  return input.kind === 'lookup-ambiguous' ? 'ambiguous' : 'no answer';
}
