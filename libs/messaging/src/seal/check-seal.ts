import { headers as names } from '@tributary/contracts';
import { isDeadLetterTopic, textHeaders } from '../envelope.js';
import type { IncomingMessage } from '../envelope.js';
import type { MessageSeals, SealProblem } from './message-seals.js';
import { SealMissingError, SealWrongError } from './seal.errors.js';

/**
 * Refuses a message that no service of this installation made, and an order or answer on it that recon did not give. It is checked where it
 * is read, before the ladder: it blocks no sequence.
 * @param isCopy it was read from a delay or replay topic. What a person skips or resolves there needs no seal of its own: it ends.
 * @throws {SealMissingError | SealWrongError}
 */
export function checkSeal(seals: MessageSeals, message: IncomingMessage, isCopy: boolean): void {
  const headers = textHeaders(message.headers);
  const type = headers[names.type];
  if (type === undefined) return; // refused as unreadable
  const sealed = { key: message.key === null ? '' : message.key.toString('utf8'), value: message.value, headers };
  const isOrdered = headers[names.order] !== undefined;
  if (isOrdered || headers[names.answers] !== undefined) refuse(message, seals.orderProblem(sealed, message.timestamp));
  if (isCopy && isOrdered && endingActions.has(headers[names.orderAction] ?? '')) return;
  refuse(message, seals.problem(type, sealed, message.timestamp));
}

const endingActions: ReadonlySet<string> = new Set(['skip', 'resolve']);

function refuse({ topic, partition, offset }: IncomingMessage, problem: SealProblem | undefined): void {
  if (problem === undefined) return;
  const text = `reading ${topic}/${partition}/${offset}: ${problem.text}; find out who can write to ${topic}, or give the keys of the services that made it in FACT_SEAL_KEYS`;
  throw problem.code === 'fact.seal-missing' ? new SealMissingError(text, { topic }) : new SealWrongError(text, { topic });
}

/** Whether a record may be read as evidence of what happened: it is sealed, or a dead letter, which shows what was refused. */
export function isGenuine(seals: MessageSeals, message: IncomingMessage): boolean {
  if (isDeadLetterTopic(message.topic)) return true;
  try {
    checkSeal(seals, message, false);
    return true;
  } catch {
    return false;
  }
}
