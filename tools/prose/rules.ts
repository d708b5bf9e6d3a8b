import { americanSpellings } from './american-spellings.js';

/** A word or phrase that is not written here, and what to write instead. */
export interface Rule {
  readonly pattern: RegExp;
  readonly instead: string;
  /** Paths where the word is the right one. */
  readonly except?: RegExp;
}

/** Metaphors and private words that have to be decoded, with the term of the field. The glossary is docs/glossary.md. */
const riddles: readonly (readonly [pattern: RegExp, instead: string, except?: RegExp])[] = [
  // A zombie of Unix, a process that has ended and was not waited for, is the term of the field.
  [/\bzombies?\b/i, 'stale worker: another holds the lease', /^libs\/local-stack\/|^proof\/(chaos|support)\//],
  [/\bculprits?\b/i, 'the bad message, the cause'],
  [/\b(is|are|was|were|has|have|gets?) (buried|burnt)\b/i, 'dead-lettered; consumed'],
  [/\bclimbs?\b/i, 'is retried on the next delay topic'],
  [/\bstood still\b/i, 'was suspended'],
  [/\bthought better of\b/i, 'reversed the decision'],
  [/\bfound out (?:about )?whether\b/i, 'looked up whether'],
  [/\bdied again\b/i, 'was dead-lettered again'],
  [/\bgives? (?:it |them )?back to the topic\b/i, 'dispatches the replay'],
  [/\btakes no news\b/i, 'does not accept status messages'],
  [/\bhopeless\b/i, 'unrecoverable'],
  [/\bdoomed\b/i, 'certain to fail'],
  [/\bpuzzled\b/i, 'ambiguous'],
  [/\bforgot(ten)? one of its\b/i, 'left out one of its'],
  [/\bits? very\b(?! (first|last|own))/i, 'the same'],
  [/\bthis very\b/i, 'this; the same'],
  [/\btells? no state\b/i, 'reports no state'],
  [/\bthe other way round\b/i, 'or the reverse'],
  [/\bwho it (?:is|was) that\b/i, 'who'],
  [/\bin the eyes of\b/i, 'for'],
  [/\bof their own accord\b/i, 'without being asked'],
  [/\bhand on heart\b/i, 'leave it out'],
];

/** All rules of the prose check. */
export const rules: readonly Rule[] = [
  ...americanSpellings.map(([word, instead]): Rule => ({ pattern: new RegExp(`\\b${word}\\b`, 'i'), instead })),
  ...riddles.map(([pattern, instead, except]): Rule => ({ pattern, instead, ...(except ? { except } : {}) })),
];
