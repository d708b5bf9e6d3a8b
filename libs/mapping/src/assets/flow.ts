import type { AssetNode, Expression, Located } from './asset-reader.js';
import { stepOf, texts } from './flow-step.js';
import type { FlowStep } from './flow-step.js';

/** A question to an operator: while it has no answer, the fact is held and nothing is posted for it. */
export interface FlowHold {
  /** Stable code of the question: `refund.approval`. */
  readonly code: Located<string>;
  readonly when: Expression;
  readonly question: string;
  /** The allowed answers. `skip` posts nothing. */
  readonly answers: readonly string[];
}

/** The postings to request when a fact of one of its trigger types arrives. */
export interface Flow {
  readonly name: Located<string>;
  /** The only profile to post to; undefined for a flow that all profiles of a role share. */
  readonly profile: Located<string> | undefined;
  /** Role of the profiles to post to: `ledger`. */
  readonly role: Located<string> | undefined;
  readonly triggers: readonly Located<string>[];
  readonly when: Expression | undefined;
  readonly holds: readonly FlowHold[];
  readonly steps: readonly FlowStep[];
}

const keys = ['kind', 'name', 'description', 'profile', 'targets', 'triggers', 'when', 'holds', 'steps'];

/** Reads a flow; undefined when required parts are missing, which is added to the problems. */
export function flowOf(root: AssetNode): Flow | undefined {
  if (!root.keys(keys, ['name', 'triggers', 'steps'])) return undefined;
  const name = root.get('name')?.locatedText();
  const profile = root.get('profile')?.locatedText();
  const targets = root.get('targets');
  const role = targets?.keys(['role'], ['role']) ? targets.get('role')?.locatedText() : undefined;
  if (!profile && !targets) root.report('expected the key "profile", or "targets" for a flow that profiles share');
  if (profile && targets) targets.report('expected either "profile" or "targets"');
  const triggers = texts(root.get('triggers'));
  const when = root.get('when')?.expression();
  const holds = (root.get('holds')?.items() ?? []).map(holdOf).filter((hold) => hold !== undefined);
  const nodes = root.get('steps')?.items() ?? [];
  const steps = nodes.map(stepOf).filter((step) => step !== undefined);
  if (nodes.length === 0) root.report('expected at least one step');
  if (!name || (!profile && !role) || steps.length !== nodes.length) return undefined;
  return { name, profile, role, triggers, when, holds, steps };
}

function holdOf(node: AssetNode): FlowHold | undefined {
  if (!node.keys(['code', 'when', 'question', 'answers'], ['code', 'when', 'question', 'answers'])) return undefined;
  const code = node.get('code')?.locatedText();
  const when = node.get('when')?.expression();
  const question = node.get('question')?.text();
  const answers = texts(node.get('answers')).map(({ value }) => value);
  if (answers.length < 2) node.report('expected at least two answers');
  if (code && !/^[a-z]+\.[a-z][a-z0-9-]*$/.test(code.value)) node.get('code')?.report('expected a code like "refund.approval"');
  return code && when && question ? { code, when, question, answers } : undefined;
}
