import { fieldIn } from '../p21-error-answer.js';
import { leftDialogText, P21NotDoneError, P21SilentError } from '../p21-errors.js';
import type { Scalar } from '../p21-json.js';
import { textOf } from '../p21-json.js';

interface Answer {
  readonly Messages?: unknown;
  readonly Results?: { readonly Transactions?: unknown } | null;
  readonly Summary?: { readonly Succeeded?: unknown; readonly Failed?: unknown };
}

/**
 * Reads the answer of a transaction: a refusal comes with status 200. Source: docs/reference/prophet21.md section 4.
 * @returns the values of the forms that were answered, by name.
 * @throws {P21NotDoneError} when the transaction failed: one transaction is atomic. @throws {P21SilentError} when it may be stored all the same:
 *   a dialog was left open, or the summary does not tell.
 */
export function passedValues(answer: unknown, service: string): ReadonlyMap<string, string> {
  const { Messages, Results, Summary } = (answer ?? {}) as Answer;
  const text = messageOf(Messages);
  const [failed, succeeded] = [Number(Summary?.Failed), Number(Summary?.Succeeded)];
  if (leftDialogText.test(text)) throw new P21SilentError(`transaction ${service}`, 'write', true, text);
  if (failed >= 1) {
    const field = fieldIn(text);
    throw new P21NotDoneError('p21.transaction-failed', `${service}: ${text || 'P21 gives no reason'}`, field);
  }
  if (succeeded !== 1) throw new P21SilentError(`transaction ${service}`, 'write', true, `the summary tells of ${succeeded} documents`);
  return new Map(editsIn(Results?.Transactions).map(({ Name, Value }) => [String(Name), textOf(Value)]));
}

/** The messages without the number of the transaction in front. */
function messageOf(messages: unknown): string {
  const texts = Array.isArray(messages) ? messages.filter((one): one is string => typeof one === 'string') : [];
  return texts
    .map((text) => text.replace(/^Transaction \d+::\s*/, '').trim())
    .filter((text) => text !== '')
    .join('; ')
    .slice(0, 500);
}

interface AnsweredEdit {
  readonly Name: string;
  readonly Value: Scalar;
}

function editsIn(transactions: unknown): AnsweredEdit[] {
  return listOf(transactions)
    .flatMap((one) => listOf(one.DataElements))
    .flatMap((element) => listOf(element.Rows))
    .flatMap((row) => listOf(row.Edits) as unknown as AnsweredEdit[])
    .filter(({ Name }) => typeof Name === 'string');
}

function listOf(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'object' && one !== null) : [];
}
