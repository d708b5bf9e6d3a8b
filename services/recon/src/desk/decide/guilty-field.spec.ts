import { events, headers } from '@tributary/contracts';
import { guiltyField } from './guilty-field.js';
import { questionOf } from './question.js';

const failed = (context: unknown): Record<string, string> => ({ [headers.errorContext]: JSON.stringify(context) });

it.each([
  [events.stripeEventReceived.type, { path: 'data.object.amount' }, { named: 'data.object.amount', path: 'data.object.amount' }],
  [events.stripeEventReceived.type, { path: 'event.data' }, { named: 'event.data', path: 'data' }],
  [events.stripeEventReceived.type, { path: '(body)' }, { named: '(body)', path: '' }],
  [events.postingRequested.type, { field: 'CheckRef' }, { named: 'CheckRef', path: 'fields.CheckRef' }],
  ['ar.receipt-recorded', { field: 'CheckRef', mapping: 'receipt' }, { named: 'CheckRef', path: null }],
  ['ar.receipt-recorded', { charge: 'ch_1' }, undefined],
  [null, { field: '' }, undefined],
])('of %s, %j', (eventType, context, expected) => {
  expect(guiltyField(eventType, failed(context))).toEqual(expected);
});

it.each(['{"path":', '[1]', 'null', '"text"', '{"path":7,"field":{}}'])('names none where the context is %s', (text) => {
  expect(guiltyField(events.stripeEventReceived.type, { [headers.errorContext]: text })).toBeUndefined();
  expect(questionOf({ [headers.errorContext]: text })).toBeUndefined();
});

it('finds the question and what it offers', () => {
  expect(questionOf(failed({ question: 'refund.approval', answers: 'post, skip' }))).toEqual({
    code: 'refund.approval',
    answers: ['post', 'skip'],
  });
});
