import type { DocumentRef } from '@tributary/contracts';
import type { Flow } from './assets/flow.js';
import type { FlowNeed } from './assets/flow-need.js';
import type { FlowStep } from './assets/flow-step.js';
import type { LookupTable } from './assets/lookup-table.js';
import type { MappingDocument } from './assets/mapping-document.js';
import type { PostingProfile } from './assets/posting-profile.js';
import { roleLookup } from './assets/role-table.js';
import type { RoleTable } from './assets/role-table.js';
import type { CompiledFlow, CompiledInput, CompiledMapping, CompiledNeed, CompiledStep } from './bundle.js';
import type { FlowRun } from './cel/asset-function.js';
import { runEnvironment } from './cel/environments.js';
import type { Compile } from './cel/environments.js';
import { StepBudget } from './cel/step-budget.js';
import { compiledInput } from './compile-input.js';
import type { AssetLanguage, RecordType } from './language.js';
import { isDocumentKind } from './language-documents.js';
import { capabilitiesOf, mappingKey } from './mapping-choice.js';

interface AssetIndex {
  readonly mappings: ReadonlyMap<string, MappingDocument>;
  readonly tables: ReadonlyMap<string, LookupTable>;
  readonly roleTables: ReadonlyMap<string, RoleTable>;
}

/** What all parts of one flow need for their compilation. */
interface Parts {
  readonly compile: Compile;
  readonly run: FlowRun;
  readonly profile: PostingProfile;
  readonly assets: AssetIndex;
  readonly language: AssetLanguage;
}

/** Compiles a flow for one of its profiles. The flow was checked before, so every asset that it names exists. */
export function compiledFlow(flow: Flow, profile: PostingProfile, assets: AssetIndex, language: AssetLanguage): CompiledFlow {
  const run: FlowRun = { steps: new Map(), answers: new Map(), budget: new StepBudget() };
  const roles = new Map([...assets.roleTables].map(([name, table]) => [name, roleLookup(table)]));
  const capabilities = capabilitiesOf(profile, assets.mappings.values());
  const compile = runEnvironment({ profile, tables: assets.tables, roles, capabilities, run });
  const name = flow.name.value;
  const parts = { compile, run, profile, assets, language };
  return {
    name,
    profile,
    run,
    records: new Map<string, RecordType>(flow.triggers.map(({ value }) => [value, checked(language.events.get(value))])),
    when: flow.when && compile(flow.when.text, `flow ${name}, when`),
    holds: flow.holds.map(({ code, when, question, answers }) => ({
      code: code.value,
      question,
      answers,
      when: compile(when.text, `flow ${name}, hold ${code.value}`),
    })),
    steps: flow.steps.map((step) => compiledStep(step, name, parts)),
  };
}

function compiledStep(step: FlowStep, flow: string, parts: Parts): CompiledStep {
  const { compile } = parts;
  const where = `flow ${flow}, step ${step.name.value}`;
  const at = (expression: { readonly text: string } | undefined, what: string) =>
    expression && compile(expression.text, `${where}, ${what}`);
  const references = step.references.map((reference) => ({
    field: reference.field.value,
    step: reference.step.value,
    attribute: reference.attribute,
  }));
  const { path, line } = step.effect[0]?.role ?? step.name;
  return {
    name: step.name.value,
    kind: step.kind,
    protocol: step.protocol,
    form: formOf(step, parts),
    when: at(step.when, 'when'),
    forEach: step.forEach && { list: compile(step.forEach.list.text, `${where}, forEach`), as: step.forEach.as },
    sourceId: compile(step.sourceId.text, `${where}, sourceId`),
    part: at(step.part, 'part'),
    amount: at(step.amount, 'amount'),
    version: at(step.version, 'version'),
    dependsOn: [...new Set([...step.dependsOn.map(({ value }) => value), ...references.map((reference) => reference.step)])],
    references,
    needs: step.needs.map((need) => compiledNeed(need, where, parts)),
    effect: step.effect.map(({ role, side, amount }) => ({
      role: role.value,
      side,
      amount: compile(amount.text, `${where}, effect ${role.value}`),
    })),
    release: step.release ?? null,
    input: inputOfStep(step, where, compile),
    place: { path, line },
  };
}

function inputOfStep(step: FlowStep, where: string, compile: Compile): CompiledInput {
  if (step.input && isDocumentKind(step.kind))
    return { kind: 'document', build: compiledInput(step.kind, step.input, compile, `${where}, input`) };
  const values = [...step.arguments].map(([name, { expression }]) => [name, compile(expression.text, `${where}, with ${name}`)] as const);
  return { kind: 'parameters', values };
}

function formOf(step: FlowStep, { assets, profile, compile, language }: Parts): CompiledMapping | undefined {
  const key = step.mapping?.value ?? mappingKey(profile.books.erp ?? '', step.kind, step.variant);
  const mapping = assets.mappings.get(key);
  if (!mapping) return undefined;
  const name = mapping.name.value;
  const fieldsOf = (fields: MappingDocument['fields'], of: string): (readonly [string, ReturnType<Compile>])[] =>
    [...fields].map(([field, { expression }]) => [field, compile(expression.text, `mapping ${name}, ${of}field ${field}`)] as const);
  return {
    name,
    shape: checked(language.shapes.get(mapping.shape.value)),
    fields: fieldsOf(mapping.fields, ''),
    lines: mapping.lines.map(({ table, forEach, as, when, key: handle, fields }) => {
      const of = `${table?.value ?? ''} `;
      return {
        table: table?.value ?? '',
        as,
        forEach: forEach && compile(forEach.text, `mapping ${name}, ${of}forEach`),
        when: when && compile(when.text, `mapping ${name}, ${of}when`),
        key: handle && compile(handle.text, `mapping ${name}, ${of}key`),
        fields: fieldsOf(fields, of),
      };
    }),
  };
}

function compiledNeed(need: FlowNeed, where: string, { compile, run }: Parts): CompiledNeed {
  const { until, ifNeverAsked, afterMs } = need;
  const when = need.when && compile(need.when.text, `${where}, need`);
  const name = need.step?.value;
  if (name !== undefined) return { until, ifNeverAsked, afterMs, when, of: () => run.steps.get(name) };
  const document = need.document ?? '';
  const sourceId = need.sourceId && compile(need.sourceId.text, `${where}, need of ${document}`);
  const part = need.part && compile(need.part.text, `${where}, part of the need of ${document}`);
  const of = (context: Readonly<Record<string, unknown>>): DocumentRef | undefined => {
    const id = sourceId?.(context) as string | null | undefined;
    return id ? { document, sourceId: id, part: (part?.(context) as string | null | undefined) ?? null } : undefined;
  };
  return { until, ifNeverAsked, afterMs, when, of };
}

/** The checks guarantee that the value exists; if it does not, that is a bug in this library. */
function checked<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new TypeError('compiling assets: a name that was checked is not there');
  return value;
}
