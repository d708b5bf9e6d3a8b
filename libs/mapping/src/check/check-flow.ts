import type { Environment } from '@marcbachmann/cel-js';
import type { Flow } from '../assets/flow.js';
import type { FlowStep } from '../assets/flow-step.js';
import { celTypeOf, flowCheckEnvironment, withVariable } from '../cel/environments.js';
import { documentRecords } from '../language-documents.js';
import type { AssetProblem } from '../problem.js';
import { problemAt, unknownName } from './asset-index.js';
import type { AssetIndex } from './asset-index.js';
import { checkExpression, elementTypeOf } from './check-expression.js';
import type { CheckExpression } from './check-expression.js';
import { checkInput } from './check-input.js';
import { checkSteps } from './check-steps.js';
import { fieldNames } from './names.js';

/** Checks a flow: the assets that it names exist, and its expressions are valid for every event type that triggers it. */
export function checkFlow(flow: Flow, assets: AssetIndex): AssetProblem[] {
  const problems = flow.profile ? unknownName(flow.profile, 'profile', [...assets.profiles.keys()]) : unknownRole(flow, assets);
  if (flow.triggers.length === 0) problems.push(problemAt(flow.name, 'expected at least one trigger'));
  for (const trigger of flow.triggers) {
    const unknown = unknownName(trigger, 'canonical event', [...assets.language.events.keys()]);
    problems.push(...unknown, ...(unknown.length > 0 ? [] : expressionProblems(flow, trigger.value, assets)));
  }
  problems.push(...checkSteps(flow, assets));
  return distinct(problems);
}

function unknownRole({ role }: Flow, { profiles }: AssetIndex): AssetProblem[] {
  const roles = new Set([...profiles.values()].flatMap(({ books }) => books.role ?? []));
  if (!role || roles.has(role.value)) return [];
  return unknownName(role, 'role of a profile', [...roles]).map((problem) => ({ ...problem, missing: { kind: 'role', name: role.value } }));
}

function expressionProblems(flow: Flow, eventType: string, assets: AssetIndex): AssetProblem[] {
  const record = assets.language.events.get(eventType);
  if (!record) return [];
  const environment = flowCheckEnvironment(assets.language, record);
  const names = ['event', 'eventType', 'document', ...record.fields.keys(), ...fieldNames(assets.language)];
  const check: CheckExpression = (expression, own, types, expectedLabel) =>
    expression ? checkExpression(expression, { environment: own, types, expectedLabel, names, tables: assets.tables }) : [];
  return [
    ...check(flow.when, environment, ['bool'], 'a condition'),
    ...flow.holds.flatMap(({ when }) => check(when, environment, ['bool'], 'a condition')),
    ...flow.steps.flatMap((step) => stepProblems(step, environment, assets, check)),
  ];
}

function stepProblems(step: FlowStep, environment: Environment, assets: AssetIndex, check: CheckExpression): AssetProblem[] {
  const { forEach } = step;
  const element = forEach && elementTypeOf(forEach.list, environment);
  const own = forEach && element !== undefined ? withVariable(environment, forEach.as, element) : environment;
  const document = documentRecords.get(step.kind);
  const withDocument = step.input && document ? withVariable(own, 'document', document.name) : own;
  return [
    ...(forEach && element === undefined ? [problemAt(forEach.list, 'expected a list of records for forEach')] : []),
    ...check(step.when, own, ['bool'], 'a condition'),
    ...check(step.sourceId, own, ['string'], 'text for sourceId'),
    ...check(step.part, own, ['string'], 'text for part'),
    ...check(step.amount, withDocument, ['Money'], 'money for amount'),
    ...check(step.version, own, ['int'], 'a whole number for version'),
    ...step.needs.flatMap((need) => [
      ...check(need.when, withDocument, ['bool'], 'a condition'),
      ...check(need.sourceId, withDocument, ['string'], 'text for sourceId'),
      ...check(need.part, withDocument, ['string'], 'text for part'),
    ]),
    ...step.effect.flatMap(({ amount, role, side }) => check(amount, withDocument, ['Money'], `money for the ${side} of ${role.value}`)),
    ...argumentProblems(step, assets, own, check),
    ...(step.input ? checkInput(step, step.input, own, check) : []),
  ];
}

function argumentProblems(step: FlowStep, assets: AssetIndex, environment: Environment, check: CheckExpression): AssetProblem[] {
  const mapping = step.mapping && assets.mappings.get(step.mapping.value);
  if (!mapping) return [];
  return [...step.arguments].flatMap(([parameter, { expression }]) => {
    const type = mapping.parameters.get(parameter);
    return type ? check(expression, environment, [celTypeOf(type)], `${type} for ${parameter}`) : [];
  });
}

/** Removes duplicates: an expression that is invalid for several triggers is one problem. */
function distinct(problems: readonly AssetProblem[]): AssetProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
