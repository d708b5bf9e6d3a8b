import { checkCanonicalDocument } from '@tributary/contracts';
import type { CanonicalDocuments, DocumentKind, DocumentRef, DocumentReference, PostingRequested } from '@tributary/contracts';
import { derivedEventId, postingKey } from '@tributary/domain';
import type { Money, PostingKey } from '@tributary/domain';
import type { BuiltDocument, CompiledFlow, CompiledMapping, CompiledStep } from './bundle.js';
import { effectOf } from './books/effect.js';
import { documentDigest } from './digest.js';
import { mappedDocument } from './document-fields.js';
import type { MappedDocument } from './document-fields.js';
import { DocumentInvalidError, MappingEvaluationError } from './errors.js';
import type { IdentifiedPostingRequest, RoutedFact } from './routed-fact.js';
import { dependenciesOf, keyIn } from './route-needs.js';

type Context = Readonly<Record<string, unknown>>;

/** Data of one run of a flow that its steps share. */
export interface StepRun {
  readonly fact: RoutedFact;
  readonly context: Context;
  /** Step name -> posting key, for steps that ran. */
  readonly keys: Map<string, string>;
  readonly mappingVersion: string;
  readonly nowMs: number;
}

/** Largest number of postings that one step may request with `forEach`. */
export const maxPostingsPerStep = 100;

/** The requests of one step: one, one for each element of its list, or none when its condition is false. */
export function runStep(flow: CompiledFlow, step: CompiledStep, run: StepRun): IdentifiedPostingRequest[] {
  const { forEach } = step;
  if (!forEach) return stepRequest(flow, step, run, run.context);
  const elements = forEach.list(run.context) as readonly unknown[];
  if (elements.length > maxPostingsPerStep)
    throw new MappingEvaluationError(
      `routing ${run.fact.eventType}: step ${step.name} of flow ${flow.name} asks for ${elements.length} postings; at most ${maxPostingsPerStep} are possible`,
      { flow: flow.name, step: step.name },
    );
  return elements.flatMap((element) => stepRequest(flow, step, run, { ...run.context, [forEach.as]: element }));
}

function stepRequest(flow: CompiledFlow, step: CompiledStep, run: StepRun, context: Context): IdentifiedPostingRequest[] {
  if (step.when && step.when(context) !== true) return [];
  const part = (step.part?.(context) as string | null | undefined) ?? undefined;
  const sourceId = String(step.sourceId(context));
  const { target } = flow.profile;
  const key = postingKey({ target, kind: step.kind, sourceId, ...(part === undefined ? {} : { part: String(part) }) });
  const built = documentOf(step, context, key);
  if (built === 'nothing') return [];
  run.keys.set(step.name, key);
  flow.run.steps.set(step.name, { document: step.kind, sourceId, part: part ?? null } satisfies DocumentRef);
  return [requestOf(flow, step, run, { key, context, built })];
}

/** The validated canonical document of a step; undefined for a step with parameters; 'nothing' for a journal without lines. */
function documentOf(step: CompiledStep, context: Context, key: PostingKey): BuiltDocument | 'nothing' | undefined {
  if (step.input.kind === 'parameters') return undefined;
  const built = step.input.build(context);
  if (step.kind === 'journal' && (built.plain.lines as readonly unknown[]).length === 0) return 'nothing';
  const kind = step.kind as DocumentKind;
  const [problem] = checkCanonicalDocument(kind, built.plain as unknown as CanonicalDocuments[DocumentKind]);
  if (problem === undefined) return built;
  const { path, line } = step.place;
  throw new DocumentInvalidError(`making ${kind} ${key} (${path}:${line}): ${problem}`, {
    postingKey: key,
    file: path,
    line: String(line),
  });
}

interface Made {
  readonly key: PostingKey;
  readonly context: Context;
  readonly built: BuiltDocument | undefined;
}

function requestOf(flow: CompiledFlow, step: CompiledStep, run: StepRun, { key, context, built }: Made): IdentifiedPostingRequest {
  const form = formOf(flow, step);
  const withDocument = built ? { ...context, document: built.bound } : context;
  const mapped = mappedDocument(step, form, { ...variablesOf(step, context, built), postingKey: key }, key);
  const { dependsOn, needs } = dependenciesOf(flow, step, run.keys, withDocument, mapped);
  const { fact } = run;
  const request: PostingRequested = {
    postingKey: key,
    target: flow.profile.target,
    kind: step.kind,
    protocol: step.protocol,
    canonicalEventId: fact.eventId,
    sourceEventId: fact.sourceEventId,
    sequence: fact.sequence,
    version: (step.version?.(context) as bigint | undefined) ?? 0n,
    dependsOn,
    references: referencesOf(flow, step, run, mapped),
    shape: form.shape.name,
    fields: mapped.fields,
    amount: amountOf(step, withDocument, built),
    flow: flow.name,
    mappingVersion: run.mappingVersion,
    digest: documentDigest(form.shape.name, mapped.fields, mapped.lines),
    lines: mapped.lines.map(({ table, key: handle, fields }) => ({ table, key: handle, fields: { ...fields } })),
    needs,
    effect: effectOf(flow.profile, step, withDocument, built, key),
    onClosedPeriod: built && step.protocol === 'create-once' ? closedPeriodOf(flow) : null,
    release: step.release,
    requestedAt: run.nowMs,
  };
  return { requestId: derivedEventId(fact.eventId, `posting:${key}`), request };
}

function variablesOf(step: CompiledStep, context: Context, built: BuiltDocument | undefined): Record<string, unknown> {
  if (built) return { document: built.bound };
  const values = step.input.kind === 'parameters' ? step.input.values : [];
  return Object.fromEntries(values.map(([name, evaluate]) => [name, evaluate(context)]));
}

function formOf(flow: CompiledFlow, step: CompiledStep): CompiledMapping {
  if (step.form) return step.form;
  const { name, books } = flow.profile;
  throw new MappingEvaluationError(
    `asking for ${step.kind}: ${books.erp ?? name.value} has no mapping for it, and step ${step.name} of flow ${flow.name} did not ask can("${step.kind}")`,
    { flow: flow.name, step: step.name },
  );
}

function referencesOf(flow: CompiledFlow, step: CompiledStep, run: StepRun, mapped: MappedDocument): DocumentReference[] {
  const { target } = flow.profile;
  const named = step.references.map(({ field, step: name, attribute }) => {
    const key = run.keys.get(name);
    if (key === undefined) throw new TypeError(`routing ${run.fact.eventType}: step ${name} comes later than the step that needs it`);
    return { field, postingKey: key, attribute, table: null, lineKey: null };
  });
  const found = mapped.references.map(({ field, reference: { document, attribute }, line }) => ({
    field,
    postingKey: keyIn(target, document),
    attribute,
    table: line?.table ?? null,
    lineKey: line?.key ?? null,
  }));
  return [...named, ...found];
}

function amountOf(step: CompiledStep, context: Context, built: BuiltDocument | undefined): Money | null {
  const amount = (step.amount ? step.amount(context) : built && documentAmount(built.plain)) as Money | null | undefined;
  return amount ? { minor: amount.minor, currency: amount.currency } : null;
}

/** Amount of a canonical document: the paid or applied amount, the gross total, or the debits of a journal; undefined for master data. */
function documentAmount(document: Readonly<Record<string, unknown>>): Money | undefined {
  const { amount, totals, lines } = document as { amount?: Money; totals?: { gross: Money }; lines?: readonly { debit?: Money | null }[] };
  if (amount ?? totals) return amount ?? totals?.gross;
  const debits = (lines ?? []).flatMap(({ debit }) => (debit ? [debit] : []));
  const [first] = debits;
  return first && { minor: debits.reduce((sum, { minor }) => sum + minor, 0n), currency: first.currency };
}

/** Null means `hold`, which is the default of erp-sink. */
function closedPeriodOf({ profile }: CompiledFlow): 'next-open' | null {
  return profile.books.settings.get('closedPeriod') === 'next-open' ? 'next-open' : null;
}
