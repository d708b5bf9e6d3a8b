import type { PostingProfile } from '../assets/posting-profile.js';
import { CurrencyUnmappedError, MappingEvaluationError } from '../errors.js';
import type { AssetFunction, Text } from './asset-function.js';

/** Asset functions for the posting profile. */
export const profileFunctions: readonly AssetFunction[] = [
  {
    name: 'bankAccount',
    signatures: ['bankAccount(string): string'],
    description: 'Bank account of the profile for the currency that money settles in; no account stops the posting.',
    handler: (scope) => (currency) =>
      scope.profile.bankAccounts.get(currency as string) ?? unmappedCurrency(scope.profile, currency as string),
  },
  {
    name: 'paymentMethod',
    signatures: ['paymentMethod(string): string'],
    description: 'Payment method of the ERP by the profile, else its "default", else null.',
    handler: (scope) => (type) =>
      scope.profile.paymentMethods.get((type as Text) ?? '') ?? scope.profile.paymentMethods.get('default') ?? null,
  },
  {
    name: 'paymentMethodNumber',
    signatures: ['paymentMethodNumber(string): int'],
    description: 'As paymentMethod(), for systems that number their payment methods.',
    handler: (scope) => (type) =>
      numberOf(scope.profile, scope.profile.paymentMethods.get((type as Text) ?? '') ?? scope.profile.paymentMethods.get('default')),
  },
  {
    name: 'profileValue',
    signatures: ['profileValue(string): string'],
    description: 'A value of the profile; null when it is not there.',
    handler: (scope) => (key) => scope.profile.values.get(key as string) ?? null,
  },
  {
    name: 'customerSetting',
    signatures: ['customerSetting(string): string'],
    description: 'How customers are matched: `emailMatch` or `repeatBuyers` of the profile; null where it says nothing.',
    handler: (scope) => (name) => scope.profile.customers.get(name as string) ?? null,
  },
  {
    name: 'walkInCustomer',
    signatures: ['walkInCustomer(): string'],
    description: 'Walk-in customer of the profile, or null.',
    handler: (scope) => () => scope.profile.walkInCustomerId,
  },
];

function numberOf(profile: PostingProfile, text: string | undefined): bigint | null {
  if (text === undefined) return null;
  if (/^\d{1,18}$/.test(text)) return BigInt(text);
  throw new MappingEvaluationError(`reading a payment method: "${text}" in ${profile.path} is not a whole number`, { file: profile.path });
}

function unmappedCurrency(profile: PostingProfile, currency: string): never {
  throw new CurrencyUnmappedError(
    `choosing a bank account: profile ${profile.name.value} has none for the settlement currency ${currency}; add "${currency}: <bank account>" under bankAccounts in ${profile.path}`,
    { currency, profile: profile.name.value, file: profile.path },
  );
}
