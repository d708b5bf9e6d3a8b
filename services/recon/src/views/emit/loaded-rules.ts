import { readAssets } from '../../desk/emit/asset-reader.js';
import type { LoadedRules } from '../decide/posting-rule.js';

/** Injection token of {@link RulesSource}. */
export const LOADED_RULES = Symbol('LoadedRules');

/** The rules as they are loaded now. */
export type RulesSource = () => LoadedRules;

/** How long rules are used before they are read again, ms: compiling them takes longer than a page. */
const keptMs = 60_000;

/** Reads the rules in a folder of assets, at most once a minute. @param targets as transform has them. */
export function rulesIn(folder: string | undefined, targets?: readonly string[], now: () => number = Date.now): RulesSource {
  let read: { readonly at: number; readonly rules: LoadedRules } | undefined;
  return () => {
    if (!read || now() - read.at > keptMs) read = { at: now(), rules: readAssets(folder, targets) };
    return read.rules;
  };
}
