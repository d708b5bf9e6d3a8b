import type { PostingRuleView, RuleLineView } from '@tributary/contracts';
import type { AssetBundle } from '@tributary/mapping';
import type { StoredEffectLine } from '../../reconciliation/decide/effect-lines.js';
import { amountView } from '../../shared/decide/amount-view.js';

/** The rules as they are loaded now, or why they cannot be read. */
export type LoadedRules =
  { readonly ok: true; readonly bundle: Pick<AssetBundle, 'version' | 'flows'> } | { readonly ok: false; readonly text: string };

type Flow = AssetBundle['flows'] extends ReadonlyMap<string, readonly (infer One)[]> ? One : never;

/** What is stored of the request of a document. */
export interface RuledDocument {
  readonly flow: string;
  readonly mappingVersion: string;
  readonly target: string;
  readonly kind: string;
  readonly shape: string;
  readonly effect: readonly StoredEffectLine[];
}

/**
 * The rule that a document was requested by, with the places of its step and of the accounts that it chose. Places are told only of rules of the
 * same version: of others, lines may have moved or mean something else.
 */
export function postingRule(document: RuledDocument, rules: LoadedRules): PostingRuleView {
  const { flow: name, mappingVersion, target, kind, shape } = document;
  const about = { flow: name, mappingVersion };
  const nowhere = (text: string): PostingRuleView => ({
    ...{ ...about, step: null, place: null, mapping: null, lines: linesOf(document, undefined), text },
  });
  if (!rules.ok) return nowhere(`The rules cannot be read here: ${rules.text}`);
  if (rules.bundle.version !== mappingVersion)
    return nowhere(
      'The rules were changed since: only the version that runs now is loaded here. The old one is in the history of the assets',
    );
  const flows: readonly Flow[] = [...rules.bundle.flows.values()].flat();
  const flow = flows.find((one) => one.name === name && one.profile.target === target);
  const step = flow?.steps.find((one) => one.kind === kind && (one.form === undefined || one.form.shape.name === shape));
  if (!flow || !step) return nowhere('The rules of this version have no such step');
  return { ...about, step: step.name, place: step.place, mapping: step.form?.name ?? null, lines: linesOf(document, flow), text: null };
}

function linesOf({ effect }: RuledDocument, flow: Flow | undefined): RuleLineView[] {
  return effect.map(({ role, account, currency, debit, credit }): RuleLineView => {
    const line = account === null ? undefined : lineOf(flow, role, currency);
    const place = flow && line !== undefined ? { path: flow.profile.path, line } : null;
    return { role, side: debit === null ? 'credit' : 'debit', amount: amountView(debit ?? credit ?? '0', currency), account, place };
  });
}

/** The line of a profile that names the account of a role. */
function lineOf(flow: Flow | undefined, role: string, currency: string): number | undefined {
  const lines = flow?.profile.lines;
  return lines?.get(`accounts.${role}.${currency}`) ?? lines?.get(`accounts.${role}`);
}
