import { answerProblem } from './question.js';

const asking = (context: object) => ({ tributary_error_context: JSON.stringify(context) });
const approval = asking({ flow: 'refund', question: 'refund.approval', answers: 'post, skip' });

it.each(['post', 'skip'])('takes the answer %s, which the question offers', (answer) => {
  expect(answerProblem('dl_1', approval, answer)).toBeUndefined();
});

it.each(['invoiced', 'pos', 'post, skip', 'Post'])('refuses %j and lists what the question offers', (answer) => {
  expect(answerProblem('dl_1', approval, answer)).toEqual({
    code: 'order.answer-not-offered',
    text: `"${answer}" is no answer to refund.approval of dead letter dl_1. Answers: post, skip. Nothing was ordered.`,
  });
});

it.each([
  ['without context', {}],
  ['of another failure', asking({ postingKey: 'kinetic-main/cash-receipt/ch_1' })],
  ['whose context was cut', { tributary_error_context: '{"question":"refund.app' }],
])('says that a dead letter %s asks nothing', (_, headers) => {
  expect(answerProblem('dl_1', headers, 'post')).toMatchObject({ code: 'order.no-question' });
});
