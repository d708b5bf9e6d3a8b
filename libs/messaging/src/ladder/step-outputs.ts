import { topics } from '@tributary/contracts';
import type { SequenceEffect } from '@tributary/posting';
import type { IncomingMessage } from '../envelope.js';
import { deadLetterHeaders } from '../dead-letter-headers.js';
import type { Failure } from '../failure.js';
import type { Outgoing, RawRecord } from '../message.js';
import { deadLetterClosedEvent, messageParkedEvent } from './dead-letter-events.js';
import type { PartitionLadderOptions } from './ladder-options.js';
import type { SequenceChange } from './parking-lot.js';
import { toRetryRecord } from './retry-record.js';

/** The message that a step of its sequence is about. */
export interface StepSubject {
  readonly sequence: string;
  readonly message: IncomingMessage;
  /** Why it failed, when it did. */
  readonly failure: Failure | undefined;
}

/** Everything that one step writes, in the order in which it is written. */
export interface StepOutputs {
  /** Records for delay topics and dead letter topics. */
  readonly records: RawRecord[];
  /** Events about parked messages and answered orders. */
  readonly events: Outgoing[];
  /** Changes of the parking lot. */
  readonly changes: SequenceChange[];
}

type LadderGroup = Pick<PartitionLadderOptions, 'group' | 'topic' | 'clock'>;

/** Collects everything that has to be written for the effects of a step. */
export function outputsOf(effects: readonly SequenceEffect[], subject: StepSubject, options: LadderGroup): StepOutputs {
  const outputs: StepOutputs = { records: [], events: [], changes: [] };
  for (const effect of effects) collect(effect, subject, options, outputs);
  return outputs;
}

function collect(effect: SequenceEffect, { sequence, message, failure }: StepSubject, options: LadderGroup, into: StepOutputs): void {
  const { group, topic, clock } = options;
  switch (effect.kind) {
    case 'retry-later': {
      const delayTopic = topics.retry(topic, group, effect.rung);
      into.records.push(toRetryRecord(delayTopic, message, effect.attempts, effect.dueAt, group, failure?.code ?? ''));
      return;
    }
    case 'dead-letter':
      if (failure)
        into.records.push({
          topic: topics.deadLetters(topic, group),
          key: message.key,
          value: message.value,
          // A message that is held after a bounded wait failed with `retry`; its place `held` means that an operator decides.
          headers: deadLetterHeaders(message, group, effect.place === 'held' ? { ...failure, disposition: 'hold' } : failure),
        });
      return;
    case 'park':
      into.events.push(messageParkedEvent(group, sequence, message, effect.behind, clock.now()));
      into.changes.push({ kind: 'park', message });
      return;
    case 'unpark':
      into.changes.push({ kind: 'unpark', offset: effect.offset });
      return;
    case 'store':
      into.changes.push({ kind: 'head', head: effect.head });
      return;
    case 'answer':
      into.events.push(deadLetterClosedEvent(group, sequence, message, effect, clock.now()));
      into.changes.push({ kind: 'answer', order: effect.order, result: effect.result });
  }
}

/** Counts and logs an effect that was carried out. */
export function reportEffect(effect: SequenceEffect, { sequence, message, failure }: StepSubject, options: PartitionLadderOptions): void {
  const { group, topic, metrics, log } = options;
  const at = `${topic}/${message.partition}/${message.offset}`;
  const code = failure?.code ?? '';
  if (effect.kind === 'park') metrics.count('messages_parked_total', { group });
  if (effect.kind === 'retry-later') {
    metrics.count('messages_retried_total', { group, code });
    log('warn', `${at} scheduled for retry on delay topic ${effect.rung} after ${effect.attempts} attempts: ${failure?.text ?? ''}`, {
      code,
      sequence,
    });
  }
  if (effect.kind === 'dead-letter') {
    metrics.count('messages_dead_lettered_total', { group, code });
    const where = topics.deadLetters(topic, group);
    log('error', `${at} went to ${where} after ${effect.attempts} attempts (${effect.why}): ${code}: ${failure?.text ?? ''}`, {
      ...failure?.context,
      code,
      sequence,
    });
  }
}
