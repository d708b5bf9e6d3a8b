import { headers as names } from '@tributary/contracts';

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
  const { question, answers } = contextOf(headers[names.errorContext]);
  if (question === undefined || answers === undefined)
    return { code: 'order.no-question', text: `Dead letter ${id} asks nothing. Replay, skip or resolve it.` };
  const offered = answers.split(', ');
  if (offered.includes(answer)) return undefined;
  return {
    code: 'order.answer-not-offered',
    text: `"${answer}" is no answer to ${question} of dead letter ${id}. Answers: ${answers}. Nothing was ordered.`,
  };
}

/** Context of the failure, from its header; empty when it has none or the header was cut. */
function contextOf(header: string | undefined): Readonly<Partial<Record<'question' | 'answers', string>>> {
  try {
    return JSON.parse(header ?? '{}') as Record<string, string>;
  } catch {
    return {};
  }
}
