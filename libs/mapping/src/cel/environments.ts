import { Environment } from '@marcbachmann/cel-js';
import { PipelineError } from '@tributary/domain';
import type { ParameterType } from '../assets/mapping-document.js';
import type { ErpFieldType } from '@tributary/contracts';
import type { AssetLanguage, FieldType, RecordType } from '../language.js';
import { documentRecords, partRecords } from '../language-documents.js';
import { MappingEvaluationError } from '../errors.js';
import type { FunctionScope } from './asset-function.js';
import { assetFunctions } from './asset-functions.js';
import type { Evaluate } from './evaluate.js';
import { costOf, stepsOf } from './expression-cost.js';
import { linearMatches, matchesLinear, withLinearMatches } from './linear-matches.js';
import { functionKey, plainEvaluation } from './plain-evaluation.js';
import type { BoundFunction } from './plain-evaluation.js';

/** Limits on one expression. */
const limits = { maxAstNodes: 2_000, maxDepth: 50, maxListElements: 500, maxMapEntries: 200, maxCallArguments: 12 };

/** CEL type for each type of document field. */
export const celTypeOfField: Readonly<Record<ErpFieldType, string>> = {
  text: 'string',
  integer: 'int',
  boolean: 'bool',
  decimal: 'Decimal',
  date: 'Date',
};

const celTypeOfParameter: Readonly<Record<ParameterType, string>> = {
  ...celTypeOfField,
  money: 'Money',
  address: 'Address',
  method: 'PaymentMethod',
  metadata: 'map<string, string>',
};

/** The CEL type of a parameter of a mapping. */
export function celTypeOf(parameter: ParameterType): string {
  return celTypeOfParameter[parameter];
}

/** Environment in which the expressions of a flow are type-checked for one kind of event. */
export function flowCheckEnvironment(language: AssetLanguage, event: RecordType): Environment {
  return checkEnvironment(language).types(event).registerVariable('event', event.name).registerVariable('eventType', 'string');
}

/**
 * Environment in which the expressions of a mapping are type-checked. @param document record of the canonical document, for a mapping of
 * one.
 */
export function mappingCheckEnvironment(
  language: AssetLanguage,
  parameters: ReadonlyMap<string, ParameterType>,
  document?: RecordType,
): Environment {
  const environment = checkEnvironment(language).types();
  for (const [name, type] of parameters) environment.registerVariable(name, celTypeOfParameter[type]);
  if (document) environment.registerVariable('document', document.name);
  return environment.registerVariable('postingKey', 'string');
}

/** The environment with one more variable: the element of a list. */
export function withVariable(environment: Environment, name: string, celType: string): Environment {
  return environment.clone().registerVariable(name, celType);
}

function checkEnvironment(language: AssetLanguage): { types(event?: RecordType): Environment } {
  return {
    types(event) {
      const environment = new Environment({ limits });
      for (const opaque of ['Decimal', 'Date', 'Limit', 'Reference']) environment.registerType(opaque, { fields: {} });
      const registered = new Set<string>();
      const records = [...recordsOf(language), ...(event ? [event] : []), ...documentRecords.values(), ...partRecords];
      for (const record of records) registerRecord(environment, record, registered);
      for (const { signatures } of assetFunctions) for (const signature of signatures) environment.registerFunction(signature, () => null);
      return environment;
    },
  };
}

/** Records that every environment knows, whether or not an event uses them: functions and parameters refer to them by name. */
function recordsOf(language: AssetLanguage): RecordType[] {
  const found = new Map<string, RecordType>();
  const visit = (record: RecordType): void => {
    if (found.has(record.name)) return;
    found.set(record.name, record);
    for (const field of record.fields.values()) if ('record' in field) visit(field.record);
  };
  for (const record of language.events.values()) visit(record);
  return ['Money', 'Address', 'PaymentMethod'].flatMap((name) => found.get(name) ?? []);
}

function registerRecord(environment: Environment, record: RecordType, registered: Set<string>): void {
  if (registered.has(record.name)) return;
  registered.add(record.name);
  const fields: Record<string, string> = {};
  for (const [name, type] of record.fields) {
    if ('record' in type) registerRecord(environment, type.record, registered);
    fields[name] = celTypeName(type);
  }
  environment.registerType(record.name, { fields });
}

/** The CEL type of a record's field. */
export function celTypeName(type: FieldType): string {
  if (type.kind === 'record') return type.record.name;
  if (type.kind === 'record-list') return `list<${type.record.name}>`;
  return { text: 'string', integer: 'int', boolean: 'bool', 'text-map': 'map<string, string>', 'text-list': 'list<string>', other: 'dyn' }[
    type.kind
  ];
}

/** Compiles an expression for evaluation; its types were checked before. `where` names the expression in errors. */
export type Compile = (text: string, where: string) => Evaluate;

/** Environment in which the checked expressions of one profile run. All types are dynamic here, because any value may be null. */
export function runEnvironment(scope: FunctionScope): Compile {
  const environment = new Environment({ limits, unlistedVariablesAreDyn: true });
  const functions = new Map<string, BoundFunction>();
  for (const { name, signatures, handler } of assetFunctions) {
    const bound = handler(scope);
    const arities = new Set(
      signatures.map((signature) => signature.slice(signature.indexOf('(') + 1, signature.lastIndexOf(')'))).map(arityOf),
    );
    for (const arity of arities) {
      environment.registerFunction(`${name}(${Array.from({ length: arity }, () => 'dyn').join(', ')}): dyn`, bound);
      functions.set(functionKey(name, arity), bound);
    }
  }
  environment.registerFunction(`dyn.${linearMatches}(dyn): bool`, matchesLinear);
  return (text, where) => {
    const program = environment.parse(text);
    withLinearMatches(program.ast);
    const cost = costOf(program.ast);
    const evaluate = plainEvaluation(program.ast, functions, (context) => {
      try {
        return program(context) as unknown;
      } catch (error) {
        throw pipelineErrorIn(error) ?? evaluationError(where, error);
      }
    });
    return (context) => {
      scope.run.budget.spend(stepsOf(cost, context), where);
      return evaluate(context);
    };
  };
}

function arityOf(parameters: string): number {
  const withoutTypeArguments = parameters.replace(/<[^>]*>/g, '');
  return withoutTypeArguments.trim() === '' ? 0 : withoutTypeArguments.split(',').length;
}

function pipelineErrorIn(error: unknown): PipelineError | undefined {
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 10; cause = cause.cause, depth += 1) {
    if (cause instanceof PipelineError) return cause;
  }
  return undefined;
}

/** Error for an expression that failed on a value which the type check could not foresee. @param where flow or mapping, and the field. */
function evaluationError(where: string, cause: unknown): MappingEvaluationError {
  const why = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
  return new MappingEvaluationError(`evaluating ${where}: ${why}`, { where }, { cause });
}
