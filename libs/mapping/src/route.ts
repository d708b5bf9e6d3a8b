import { events } from '@tributary/contracts';
import type { DocumentReference, PostingRequested } from '@tributary/contracts';
import { derivedEventId, postingKey } from '@tributary/domain';
import type { Money, PostingKey } from '@tributary/domain';
import type { AssetBundle, CompiledFlow, CompiledStep } from './bundle.js';
import { bindRecord } from './cel/bind-record.js';
import { documentDigest } from './digest.js';
import { documentFields } from './document-fields.js';

/** A canonical fact as route takes it from its topic. */
export interface RoutedFact {
  readonly eventId: string;
  readonly eventType: string;
  readonly value: unknown;
  readonly sourceEventId: string;
  readonly sequence: string;
}

/** Reason why a fact asks for no posting. */
export type RouteIgnoredReason = 'no-flow' | 'other-mode' | 'flow-condition';

/** Why a canonical fact asks for no posting. */
export const routeIgnoredReasons: Readonly<Record<RouteIgnoredReason, string>> = {
  'no-flow': 'No flow is triggered by this canonical event.',
  'other-mode': 'The posting profile books live facts only, or test facts only, and this is one of the other mode.',
  'flow-condition': 'The condition of every flow that is triggered by this canonical event says no.',
};

/** A posting request with the id of its message. */
export interface IdentifiedPostingRequest {
  /** Deterministic: routing the same fact again makes the same request. */
  readonly requestId: string;
  readonly request: PostingRequested;
}

/** The posting requests of a fact, or the reason why there are none. */
export type RoutingResult =
  | { readonly postings: readonly IdentifiedPostingRequest[]; readonly ignoredReason: null }
  | { readonly postings: readonly []; readonly ignoredReason: RouteIgnoredReason; readonly ignoredText: string };

/**
 * Turns one canonical fact into posting requests, by the flows that its type triggers.
 *
 * Shape:  1 fact -> 0..n requests, in the order of flows (by name) and their steps.
 * Units:  decimals are decimal text in major units, dates `YYYY-MM-DD`; `requestedAt` is `nowMs`, the rest depends on the fact alone.
 * Errors: CurrencyUnmappedError, CustomerUnmatchedError, MappingValueError, MappingEvaluationError, MoneyError: all reject: either all requests of a fact are made or none.
 */
export function route(bundle: AssetBundle, fact: RoutedFact, nowMs: number): RoutingResult {
  const triggered = bundle.flows.get(fact.eventType) ?? [];
  if (triggered.length === 0) return ignored('no-flow');
  const inMode = triggered.filter(({ profile }) => isInMode(profile.livemode, fact));
  if (inMode.length === 0) return ignored('other-mode');
  const postings = inMode.flatMap((flow) => runFlow(flow, fact, bundle.version, nowMs));
  return postings.length === 0 ? ignored('flow-condition') : { postings, ignoredReason: null };
}

/** Test and live events can arrive at one endpoint (docs/reference/stripe.md section 4), so the mode is checked before anything is booked. */
function livemodeOf(value: unknown): unknown {
  return (value as { readonly source?: { readonly livemode?: unknown } } | null)?.source?.livemode;
}

/** An outcome has no mode; the mode was checked when its fact was routed. */
function isInMode(booked: boolean | undefined, { eventType, value }: RoutedFact): boolean {
  return booked === undefined || eventType === events.postingConcluded.type || booked === livemodeOf(value);
}

function ignored(reason: RouteIgnoredReason): RoutingResult {
  return { postings: [], ignoredReason: reason, ignoredText: routeIgnoredReasons[reason] };
}

function runFlow(flow: CompiledFlow, fact: RoutedFact, mappingVersion: string, nowMs: number): IdentifiedPostingRequest[] {
  const record = flow.records.get(fact.eventType);
  if (!record) throw new TypeError(`routing ${fact.eventType}: flow ${flow.name} was compiled without its record`);
  const context = { event: bindRecord(record, fact.value), eventType: fact.eventType };
  if (flow.when && flow.when(context) !== true) return [];

  const keys = new Map<string, PostingKey>();
  return flow.steps.map((step) => {
    const part = step.part?.(context) ?? undefined;
    const key = postingKey({
      target: flow.profile.target,
      kind: step.kind,
      sourceId: String(step.sourceId(context)),
      ...(part === undefined ? {} : { part: String(part) }),
    });
    keys.set(step.name, key);
    return requestOf(flow, step, { key, keys, context, fact, mappingVersion, nowMs });
  });
}

interface StepRun {
  readonly key: PostingKey;
  /** Posting keys of this step and those before it, by step name. */
  readonly keys: ReadonlyMap<string, PostingKey>;
  readonly context: Readonly<Record<string, unknown>>;
  readonly fact: RoutedFact;
  readonly mappingVersion: string;
  readonly nowMs: number;
}

function requestOf(flow: CompiledFlow, step: CompiledStep, run: StepRun): IdentifiedPostingRequest {
  const { key, context, fact } = run;
  const parameters = Object.fromEntries(step.arguments.map(([name, evaluate]) => [name, evaluate(context)]));
  const fields = documentFields(step, { ...parameters, postingKey: key }, key);
  const references: DocumentReference[] = step.references.map(({ field, step: name, attribute }) => ({
    field,
    postingKey: keyOf(run, name),
    attribute,
    table: null,
    lineKey: null,
  }));
  const amount = (step.amount?.(context) as Money | undefined) ?? null;
  const request: PostingRequested = {
    postingKey: key,
    target: flow.profile.target,
    kind: step.kind,
    protocol: step.protocol,
    canonicalEventId: fact.eventId,
    sourceEventId: fact.sourceEventId,
    sequence: fact.sequence,
    version: (step.version?.(context) as bigint | undefined) ?? 0n,
    dependsOn: step.dependsOn.map((name) => keyOf(run, name)),
    references,
    shape: step.shape.name,
    fields,
    amount: amount && { minor: amount.minor, currency: amount.currency },
    flow: flow.name,
    mappingVersion: run.mappingVersion,
    digest: documentDigest(step.shape.name, fields),
    lines: [],
    needs: [],
    effect: [],
    onClosedPeriod: null,
    release: null,
    requestedAt: run.nowMs,
  };
  return { requestId: derivedEventId(fact.eventId, `posting:${key}`), request };
}

function keyOf(run: StepRun, step: string): string {
  const key = run.keys.get(step);
  if (key === undefined) throw new TypeError(`routing ${run.fact.eventType}: step ${step} comes later than the step that needs it`);
  return key;
}
