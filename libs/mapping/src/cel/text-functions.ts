import type { AssetFunction, Text } from './asset-function.js';
import { isNothing } from './is-nothing.js';
import { truncated } from './text.js';

const changed = {
  upper: (text: string) => text.toUpperCase(),
  lower: (text: string) => text.toLowerCase(),
  trim: (text: string) => text.trim(),
};

/** Asset functions for text. */
export const textFunctions: readonly AssetFunction[] = [
  {
    name: 'concat',
    signatures: [2, 3, 4, 5, 6].map((n) => `concat(${Array.from({ length: n }, () => 'string').join(', ')}): string`),
    description: 'Joins texts; null counts as empty.',
    handler:
      () =>
      (...texts) =>
        texts.map((text) => (text as Text) ?? '').join(''),
  },
  {
    name: 'truncate',
    signatures: ['truncate(string, int): string'],
    description:
      'At most so many characters, cut between two graphemes, without white space at the end; null when not even the first one fits.',
    handler: () => (text, length) => (isNothing(text) ? null : truncated(text as string, Number(length))),
  },
  {
    name: 'split',
    signatures: ['split(string, string, int): string'],
    description: 'The n-th part (from 0) between separators; null when there are fewer.',
    handler: () => (text, separator, index) =>
      isNothing(text) ? null : ((text as string).split(separator as string)[Number(index)] ?? null),
  },
  {
    name: 'fits',
    signatures: ['fits(string, int): bool'],
    description:
      'Whether a text is there and has at most so many characters: for what is useless when cut, like an e-mail, a phone number or an id.',
    handler: () => (text, length) => !isNothing(text) && (text as string).length <= Number(length),
  },
  ...(['upper', 'lower', 'trim'] as const).map((name) => ({
    name,
    signatures: [`${name}(string): string`],
    description: { upper: 'In capital letters.', lower: 'In small letters.', trim: 'Without white space at both ends.' }[name],
    handler: () => (text: unknown) => (isNothing(text) ? null : changed[name](text as string)),
  })),
];
