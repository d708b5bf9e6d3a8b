import type { LetterQuestionView } from '@tributary/contracts';
import { failureContext } from './failure-context.js';

/** Why a dead letter cannot be answered so. */
export interface AnswerProblem {
  readonly code: 'order.no-question' | 'order.answer-not-offered';
  readonly text: string;
}

/**
 * Checks an answer against the question of a dead letter, as its headers tell it.
 * @param headers of the dead letter. @returns undefined when the question offers the answer.
 */
export function answerProblem(id: string, headers: Readonly<Record<string, string>>, answer: string): AnswerProblem | undefined {
  const question = questionOf(headers);
  if (!question) return { code: 'order.no-question', text: `Dead letter ${id} asks nothing. Replay, skip or resolve it.` };
  const { code, answers } = question;
  if (answers.includes(answer)) return undefined;
  return {
    code: 'order.answer-not-offered',
    text: `"${answer}" is no answer to ${code} of dead letter ${id}. Answers: ${answers.join(', ')}. Nothing was ordered.`,
  };
}

/** The question of a dead letter, as its headers tell it; undefined: it asks nothing. */
export function questionOf(headers: Readonly<Record<string, string>>): LetterQuestionView | undefined {
  const { question, answers } = failureContext(headers);
  return question === undefined || answers === undefined ? undefined : { code: question, answers: answers.split(', ') };
}
