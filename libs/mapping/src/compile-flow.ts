import type { Flow, FlowStep } from './assets/flow.js';
import type { LookupTable } from './assets/lookup-table.js';
import type { MappingDocument } from './assets/mapping-document.js';
import type { PostingProfile } from './assets/posting-profile.js';
import type { CompiledFlow, CompiledStep } from './bundle.js';
import { runEnvironment } from './cel/environments.js';
import type { Compile } from './cel/environments.js';
import type { AssetLanguage, RecordType } from './language.js';

interface AssetIndex {
  readonly mappings: ReadonlyMap<string, MappingDocument>;
  readonly profiles: ReadonlyMap<string, PostingProfile>;
  readonly tables: ReadonlyMap<string, LookupTable>;
}

/** Compiles a flow that was checked before: every name in it is there. */
export function compiledFlow(flow: Flow, assets: AssetIndex, language: AssetLanguage): CompiledFlow {
  const profile = checked(assets.profiles.get(flow.profile.value));
  const compile = runEnvironment({ profile, tables: assets.tables });
  const name = flow.name.value;
  return {
    name,
    profile,
    records: new Map<string, RecordType>(flow.triggers.map(({ value }) => [value, checked(language.events.get(value))])),
    when: flow.when && compile(flow.when.text, `flow ${name}, when`),
    steps: flow.steps.map((step) => compiledStep(step, name, compile, assets, language)),
  };
}

function compiledStep(step: FlowStep, flow: string, compile: Compile, assets: AssetIndex, language: AssetLanguage): CompiledStep {
  const mapping = checked(assets.mappings.get(step.mapping.value));
  const shape = checked(language.shapes.get(mapping.shape.value));
  const where = `flow ${flow}, step ${step.name.value}`;
  const references = step.references.map((reference) => ({
    field: reference.field.value,
    step: reference.step.value,
    attribute: reference.attribute,
  }));
  return {
    name: step.name.value,
    kind: step.kind,
    protocol: step.protocol,
    shape,
    mapping: mapping.name.value,
    sourceId: compile(step.sourceId.text, `${where}, sourceId`),
    part: step.part && compile(step.part.text, `${where}, part`),
    amount: step.amount && compile(step.amount.text, `${where}, amount`),
    version: step.version && compile(step.version.text, `${where}, version`),
    dependsOn: [...new Set([...step.dependsOn.map(({ value }) => value), ...references.map((reference) => reference.step)])],
    references,
    arguments: [...step.arguments].map(([name, { expression }]) => [name, compile(expression.text, `${where}, with ${name}`)] as const),
    fields: [...mapping.fields].map(
      ([name, { expression }]) => [name, compile(expression.text, `mapping ${mapping.name.value}, field ${name}`)] as const,
    ),
  };
}

/** The checks made sure of it; if not, that is a bug of ours. */
function checked<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new TypeError('compiling assets: a name that was checked is not there');
  return value;
}
