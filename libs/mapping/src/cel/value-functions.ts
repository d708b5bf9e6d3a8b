import type { AssetFunction, Text } from './asset-function.js';
import { isNothing } from './is-nothing.js';

const repeat = (type: string, count: number): string => Array.from({ length: count }, () => type).join(', ');
const overloads = (name: string, type: string, counts: readonly number[]): string[] =>
  counts.map((n) => `${name}(${repeat(type, n)}): ${type}`);

/** Asset functions for choosing values. */
export const valueFunctions: readonly AssetFunction[] = [
  {
    name: 'coalesce',
    signatures: [
      ...overloads('coalesce', 'string', [2, 3, 4, 5]),
      ...overloads('coalesce', 'int', [2, 3]),
      ...overloads('coalesce', 'Address', [2, 3]),
      ...overloads('coalesce', 'Money', [2, 3]),
      ...overloads('coalesce', 'DocumentRef', [2, 3]),
      ...overloads('coalesce', 'map<string, string>', [2]),
    ],
    description: 'The first that is there: not null, not empty, for an address any part of it.',
    handler:
      () =>
      (...values) =>
        values.find((value) => !isNothing(value) && value !== '') ?? values.at(-1) ?? null,
  },
  {
    name: 'present',
    signatures: ['present(dyn): bool'],
    description: 'Whether there is a value: not null, for records and metadata any part of it.',
    handler: () => (value) => !isNothing(value),
  },
  {
    name: 'when',
    signatures: ['string', 'int', 'bool', 'Decimal', 'Date', 'Money', 'DocumentRef', 'Reference'].map(
      (type) => `when(bool, ${type}): ${type}`,
    ),
    description: 'The value when the condition holds, else null.',
    handler: () => (condition, value) => (condition === true ? value : null),
  },
  {
    name: 'lookup',
    signatures: ['lookup(string, string): string', 'lookup(string, string, string): string'],
    description: 'The value of a key in a lookup table; else the default, else null.',
    handler: (scope) => (table, key, otherwise) => scope.tables.get(table as string)?.rows.get((key as Text) ?? '') ?? otherwise ?? null,
  },
  {
    name: 'metadata',
    signatures: ['metadata(map<string, string>, string): string'],
    description: 'A value of metadata; null when the key is not there or its text is empty.',
    handler: () => (map, key) => metadataValue(map, key as string),
  },
];

function metadataValue(map: unknown, key: string): Text {
  const value = map instanceof Map ? (map as ReadonlyMap<string, unknown>).get(key) : null;
  return typeof value === 'string' && value !== '' ? value : null;
}
