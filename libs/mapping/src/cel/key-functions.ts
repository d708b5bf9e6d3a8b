import { customerSource, parsePostingKey, shortReference, stripeCustomerOfSource } from '@tributary/domain';
import type { AssetFunction, Text } from './asset-function.js';
import { customerSourceId } from './customer-source-id.js';
import { isNothing } from './is-nothing.js';

/** Asset functions for posting keys. */
export const keyFunctions: readonly AssetFunction[] = [
  {
    name: 'shortReference',
    signatures: ['shortReference(string, int): string'],
    description: 'A short text (8 to 50 characters) that stands for a long key, always the same.',
    handler: () => {
      // Cache of the last result: a mapping asks for the reference of its posting key more than once, and each call computes a hash.
      let last: readonly [key: unknown, length: unknown, reference: string] | undefined;
      return (key, length) => {
        if (isNothing(key)) return null;
        if (last && last[0] === key && last[1] === length) return last[2];
        const reference = shortReference(key as string, Number(length));
        last = [key, length, reference];
        return reference;
      };
    },
  },
  {
    name: 'customerSourceId',
    signatures: ['customerSourceId(string): string', 'customerSourceId(string, string, string, string): string'],
    description:
      'The source id of a Stripe customer in posting keys; or who a payment belongs to, from customer id, e-mail, name and payment id: ' +
      'the customer, else the guest by e-mail, else the walk-in customer, else a guest of this one payment who told a name; else the ' +
      'posting stops.',
    handler:
      (scope) =>
      (customerId, ...payer) =>
        payer.length === 0
          ? customerSource(customerId as string)
          : customerSourceId(scope.profile, {
              customerId: customerId as Text,
              email: payer[0] as Text,
              name: payer[1] as Text,
              paymentId: payer[2] as string,
            }),
  },
  {
    name: 'stripeCustomerId',
    signatures: ['stripeCustomerId(string): string'],
    description: 'The Stripe customer in the posting key of a customer; null for guests.',
    handler: () => (key) => (isNothing(key) ? null : (stripeCustomerOfSource(parsePostingKey(key as string).sourceId) ?? null)),
  },
  {
    name: 'postingPart',
    signatures: ['postingPart(string): string'],
    description: 'The part of a posting key, where one source object has several documents of a kind; else null.',
    handler: () => (key) => (isNothing(key) ? null : (parsePostingKey(key as string).part ?? null)),
  },
  {
    name: 'postingSourceId',
    signatures: ['postingSourceId(string): string'],
    description: 'The id of the source in a posting key: the customer, the charge; `guest:...` for guests.',
    handler: () => (key) => (isNothing(key) ? null : parsePostingKey(key as string).sourceId),
  },
];
