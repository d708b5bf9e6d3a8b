import { Dice } from '../../chaos/dice.js';
import type { StoryRequest } from './documents.js';

/** How the ERP of a seed is made. */
export interface ErpTraits {
  /** Longest call, ms. */
  readonly longestCallMs: number;
  /** The number of a deleted document is given again to the next one. */
  readonly repeatsNumbers: boolean;
  /** The field that the posting key is planted in is short, so that two keys can be equal there; a second field has the whole key. */
  readonly cutsKeys: boolean;
  /** A second document with the same short key is refused. */
  readonly refusesTakenKeys: boolean;
  /** How documents are released: in batches that the sink names, in a batch each that comes with the save, journals at once with the save. */
  readonly releases: 'named' | 'assigned' | 'at-once';
}

/** Longest call of an ordinary ERP, ms. */
export const usualCallMs = 30_000;
const slowCallMs = 300_000;

/** The traits of a seed. */
export function traitsOf(seed: number): ErpTraits {
  const dice = Dice.of(seed, 3, 4);
  const share = dice.next();
  return {
    longestCallMs: dice.chance(0.2) ? slowCallMs : usualCallMs,
    repeatsNumbers: dice.chance(0.5),
    cutsKeys: dice.chance(0.4),
    refusesTakenKeys: dice.chance(0.5),
    releases: share < 0.5 ? 'named' : share < 0.8 ? 'assigned' : 'at-once',
  };
}

/** Short keys that there are: few, so that some collide in most stories. */
const shortKeys = 60;

/** What a short field keeps of a posting key. */
export function shortKeyOf(key: string): string {
  let hash = 0;
  for (const char of key) hash = (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) >>> 0;
  return `K${hash % shortKeys}`;
}

/** The kind of batch of a document, and how it gets its id. `none`: saving is releasing. */
export function batchOf(
  kind: StoryRequest['kind'],
  { releases }: ErpTraits,
): { readonly kind: string; readonly mode: 'named' | 'assigned' | 'none' } {
  const group = groups[kind];
  if (releases === 'at-once' && kind === 'journal') return { kind: group, mode: 'none' };
  return { kind: group, mode: releases === 'assigned' || kind === 'application' ? 'assigned' : 'named' };
}

const groups: Readonly<Record<StoryRequest['kind'], string>> = {
  invoice: 'invoice-group',
  'credit-memo': 'invoice-group',
  'refund-payment': 'invoice-group',
  'cash-receipt': 'cash-group',
  application: 'application-group',
  journal: 'journal-group',
};
