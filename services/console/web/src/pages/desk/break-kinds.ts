import type { Sum } from '../../recon/shapes.js';
import { useShell } from '../../shell/live-context.js';

/** Kinds of open differences, with recon's name for each in what is open. */
export const breakKinds = [
  { of: 'different', open: 'different', label: 'Different in the ledger', unit: 'payment' },
  { of: 'missing', open: 'missing', label: 'Missing in the ledger', unit: 'payment' },
  { of: 'documents', open: 'ledgerEffects', label: 'Documents that did something else', unit: 'document' },
] as const;

/** One kind of open differences: a list of its own. */
export type BreakKind = (typeof breakKinds)[number];

/** The kind that an address names; undefined: all of them. */
export const breakKindOf = (of: string | null): BreakKind | undefined => breakKinds.find((kind) => kind.of === of);

/** How many breaks of each kind there are, in the order of `breakKinds`; undefined: nobody has said. What is not listed as open is none. */
export function useBreakSums(): readonly Sum[] | undefined {
  return breakSums(useShell().live.snapshot?.overview?.open);
}

/** @param open what recon says is open; undefined: it has not said. */
export function breakSums(open: readonly { readonly what: string; readonly sum: Sum }[] | undefined): readonly Sum[] | undefined {
  return open && breakKinds.map((kind) => open.find(({ what }) => what === kind.open)?.sum ?? { count: 0, amounts: [] });
}
