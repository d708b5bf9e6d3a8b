import { events } from '@tributary/contracts';
import type { AssetBundle, CompiledFlow } from './bundle.js';
import { bindRecord } from './cel/bind-record.js';
import { StepBudget } from './cel/step-budget.js';
import { FlowQuestionError } from './errors.js';
import { runStep } from './route-step.js';
import type { IdentifiedPostingRequest, RoutedFact } from './routed-fact.js';

/** Reason why a fact requests no posting. */
export type RouteIgnoredReason = 'no-flow' | 'other-mode' | 'flow-condition' | 'answered-skip';

/** Description of each reason why a canonical fact requests no posting. */
export const routeIgnoredReasons: Readonly<Record<RouteIgnoredReason, string>> = {
  'no-flow': 'No flow is triggered by this canonical event.',
  'other-mode': 'The posting profile books live facts only, or test facts only, and this is one of the other mode.',
  'flow-condition': 'The condition of every flow that is triggered by this canonical event says no.',
  'answered-skip': 'A person was asked by the flow, and the answer is to post nothing.',
};

/** The posting requests of a fact, or the reason why there are none. */
export type RoutingResult =
  | { readonly postings: readonly IdentifiedPostingRequest[]; readonly ignoredReason: null }
  | { readonly postings: readonly []; readonly ignoredReason: RouteIgnoredReason; readonly ignoredText: string };

/** The answer after which nothing is posted. */
export const skipAnswer = 'skip';

const noAnswers: ReadonlyMap<string, string> = new Map();

/**
 * Turns one canonical fact into posting requests, using the flows that its type triggers.
 *
 * Shape:  1 fact -> 0..n requests, in the order of flows (by name) and their steps.
 * Units:  decimals are decimal text in major units, dates `YYYY-MM-DD`; `requestedAt` is `nowMs`, everything else depends only on the fact
 *         and the assets.
 * Errors: AccountUnmappedError, CurrencyUnmappedError, CustomerUnmatchedError, DocumentInvalidError, MappingBudgetError,
 *         MappingValueError, MappingEvaluationError, MoneyError, PostingUnbalancedError: all reject; FlowQuestionError holds. Either all requests of a fact are
 *         made or none.
 */
export function route(bundle: AssetBundle, fact: RoutedFact, nowMs: number): RoutingResult {
  const triggered = bundle.flows.get(fact.eventType) ?? [];
  if (triggered.length === 0) return ignored('no-flow');
  const inMode = triggered.filter(({ profile }) => isInMode(profile.livemode, fact));
  if (inMode.length === 0) return ignored('other-mode');
  const budget = new StepBudget();
  const ran = inMode.map((flow) => {
    flow.run.budget = budget;
    return runFlow(flow, fact, bundle.version, nowMs);
  });
  const postings = ran.flatMap((made) => (made === 'skipped' ? [] : made));
  if (postings.length > 0) return { postings, ignoredReason: null };
  return ignored(ran.includes('skipped') ? 'answered-skip' : 'flow-condition');
}

/** One endpoint can receive test and live events (docs/reference/stripe.md section 4), so the mode is checked before anything is booked. */
function livemodeOf(value: unknown): unknown {
  return (value as { readonly source?: { readonly livemode?: unknown } } | null)?.source?.livemode;
}

/** An outcome has no mode of its own; the mode was checked when its fact was routed. */
function isInMode(booked: boolean | undefined, { eventType, value }: RoutedFact): boolean {
  return booked === undefined || eventType === events.postingConcluded.type || booked === livemodeOf(value);
}

function ignored(reason: RouteIgnoredReason): RoutingResult {
  return { postings: [], ignoredReason: reason, ignoredText: routeIgnoredReasons[reason] };
}

function runFlow(flow: CompiledFlow, fact: RoutedFact, mappingVersion: string, nowMs: number): IdentifiedPostingRequest[] | 'skipped' {
  const record = flow.records.get(fact.eventType);
  if (!record) throw new TypeError(`routing ${fact.eventType}: flow ${flow.name} was compiled without its record`);
  flow.run.steps = new Map();
  flow.run.answers = fact.answers ?? noAnswers;
  const context = { event: bindRecord(record, fact.value), eventType: fact.eventType };
  if (flow.when && flow.when(context) !== true) return [];
  if (flow.holds.length > 0 && isSkipped(flow, context)) return 'skipped';
  const keys = new Map<string, string>();
  return flow.steps.flatMap((step) => runStep(flow, step, { fact, context, keys, mappingVersion, nowMs }));
}

/**
 * Evaluates the questions of a flow that apply to the fact.
 * @returns whether an answer says that nothing is to be posted.
 * @throws {FlowQuestionError} for the first question without an answer, or with an answer that it does not offer.
 */
function isSkipped(flow: CompiledFlow, context: Readonly<Record<string, unknown>>): boolean {
  for (const { code, when, question, answers } of flow.holds) {
    const answer = flow.run.answers.get(code);
    if (answer !== undefined && answers.includes(answer)) {
      if (answer === skipAnswer) return true;
      continue;
    }
    if (when(context) !== true) continue;
    const offered = answers.join(', ');
    const given = answer === undefined ? '' : ` The answer "${answer}" is none of them.`;
    throw new FlowQuestionError(code, `${question} Answers: ${offered}.${given}`, {
      flow: flow.name,
      profile: flow.profile.name.value,
      question: code,
      answers: offered,
    });
  }
  return false;
}
