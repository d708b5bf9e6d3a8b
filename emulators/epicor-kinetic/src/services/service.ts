import type { Answer } from '../answers.js';
import { KineticError, methodAnswer, ok } from '../answers.js';
import type { EmulatorConfig } from '../emulator.config.js';
import type { FaultAction } from '../faults.js';
import { odataRead } from '../odata-query.js';
import type { TableRules } from '../rows.js';
import { applyRow, applyRows, keyOf, rowsOf } from '../rows.js';
import type { Table } from '../schema.js';
import { emptyRow } from '../schema.js';
import type { Row, Transaction } from '../store.js';

/** One authenticated call to a service. */
export interface Call {
  readonly company: string;
  readonly user: string;
  readonly method: string;
  /** Body of a method, or query parameters of a GET: read-only methods accept both (section 4.2 [verified]). */
  readonly input: Readonly<Record<string, unknown>>;
  readonly query: URLSearchParams;
  /** What stands in brackets behind an entity set. */
  readonly key?: readonly string[];
  /** Fault that the service itself acts out. */
  readonly fault?: FaultAction;
  readonly config: EmulatorConfig;
  /** ms since the epoch. */
  readonly nowMs: number;
  readonly baseUrl: string;
}

/** One method of a service. */
export type Operation = (call: Call, transaction: Transaction) => Answer;

/** A service by its name, with its methods. */
export interface Service {
  readonly name: string;
  readonly operations: Readonly<Record<string, Operation>>;
}

/** A text parameter of a call. @throws {KineticError} when it is missing. */
export function textInput(call: Call, name: string): string {
  const value = call.input[name];
  if (typeof value !== 'string') throw new KineticError('business', `Parameter ${name} is missing.`);
  return value;
}

/** A whole number that came as JSON or in a query string. */
export function numberInput(call: Call, name: string): number {
  const value = Number(call.input[name]);
  if (!Number.isSafeInteger(value)) throw new KineticError('business', `Parameter ${name} is not a number.`);
  return value;
}

/** The company's rows of a table. */
export function companyRows(table: Table, call: Call, transaction: Transaction): Readonly<Row>[] {
  return transaction.rows(table.name).filter((row) => row.Company === call.company);
}

/** What an entity set shows and takes. */
export interface EntitySetOptions {
  /** Rows of the table that the service has. */
  only?(row: Readonly<Row>): boolean;
  /** Rules of OData writes; without them the set is read only. */
  rules?(call: Call): TableRules;
}

/** Reads an entity set, or one entity by its key, and takes OData writes where it has rules: section 4.1 [verified]. */
export function entitySet(table: Table, options: EntitySetOptions = {}): Operation {
  return (call, transaction) => {
    if (call.method !== 'GET') return entityWrite(table, options, call, transaction);
    const context = `${call.baseUrl}/$metadata#${table.entitySet}`;
    if (!call.key) {
      const rows = companyRows(table, call, transaction);
      return odataRead(table, options.only ? rows.filter(options.only) : rows, call.query, context);
    }
    return ok({ '@odata.context': `${context}/$entity`, ...rowAt(table, call, transaction) });
  };
}

function rowAt(table: Table, call: Call, transaction: Transaction): Row {
  const row = transaction.row(table.name, (call.key ?? []).join('~'));
  if (!row) throw new KineticError('notFound', 'Record not found.');
  return row;
}

/**
 * POST answers 201 with the row, PATCH and DELETE 204 without one: section 4.1 [verified]. That a PATCH needs only the columns it changes,
 * as it goes through UpdateExt with the stored row, and that no version is asked for, are assumed.
 */
function entityWrite(table: Table, options: EntitySetOptions, call: Call, transaction: Transaction): Answer {
  const rules = options.rules?.(call);
  if (!rules) throw new KineticError('unknownName', `Resource ${table.entitySet} does not support ${call.method}.`);
  if (call.method === 'POST') {
    const { RowMod: _none, ...row } = applyRow(table, rules, { ...call.input, RowMod: 'A' }, call.company, transaction);
    return { status: 201, body: { '@odata.context': `${call.baseUrl}/$metadata#${table.entitySet}/$entity`, ...row } };
  }
  const changes = call.method === 'PATCH' ? call.input : {};
  const given = { ...rowAt(table, call, transaction), ...changes, RowMod: call.method === 'PATCH' ? 'U' : 'D' };
  applyRow(table, rules, given, call.company, transaction);
  return { status: 204 };
}

/** `GetNewX{ds}` answers the dataset with one more row of defaults and stores nothing: sections 4.2, 8 (assumed there). */
export function getNew(table: Table, initial: (call: Call) => Row = () => ({})): Operation {
  return (call) => {
    const rows = rowsOf(call.input.ds, table);
    const row = { ...emptyRow(table, call.company), ...initial(call), RowMod: 'A' };
    return methodAnswer({ ds: { ...(call.input.ds as object), [table.name]: [...rows, row] } });
  };
}

/** `Update{ds}`: rows by RowMod, all or none, full rows back: section 4.2 [verified]. */
export function update(table: Table, rules: TableRules): Operation {
  return (call, transaction) => {
    playStale(table, call);
    return methodAnswer({ ds: { [table.name]: applyRows(table, rules, call.input.ds, call.company, transaction) } });
  };
}

/** The `stale` fault: somebody else changed the rows between the caller's read and this write, so their revisions moved on. */
export function playStale(table: Table, call: Call): void {
  if (call.fault?.kind !== 'stale') return;
  for (const given of rowsOf(call.input.ds, table)) if (given.RowMod === 'U') given.SysRevID = -1;
}

/**
 * `UpdateExt`: answers 200 also when rows were refused, which are then listed: section 4.2 [verified]. That the others are
 * stored only with continueProcessingOnError is assumed.
 */
export function updateExt(table: Table, rules: TableRules): Operation {
  return (call, transaction) => {
    playStale(table, call);
    const errors: Row[] = [];
    const saved: Row[] = [];
    const goOn = call.input.continueProcessingOnError === true;
    const work = (inner: Transaction): void => {
      for (const given of rowsOf(call.input.ds, table)) {
        if (given.RowMod === '' || given.RowMod === undefined) continue;
        try {
          saved.push(inner.nested((one) => applyRow(table, rules, given, call.company, one)));
        } catch (error) {
          if (!(error instanceof KineticError)) throw error;
          errors.push({
            TableName: table.name,
            ErrorLevel: 'Error',
            ErrorType: error.errorType,
            ErrorText: error.message,
            ErrorSysRowID: String(given.SysRowID ?? ''),
          });
          if (!goOn) throw error;
        }
      }
    };
    try {
      transaction.nested(work);
    } catch (error) {
      if (!(error instanceof KineticError)) throw error;
      saved.length = 0;
    }
    return methodAnswer({ ds: { [table.name]: saved }, errorsOccurred: errors.length > 0 }, { BOUpdError: errors });
  };
}

/** One row by its key as `returnObj`, 404 when there is none: section 5 [verified]. */
export function getById(table: Table, keys: (call: Call) => Row): Operation {
  return (call, transaction) => {
    const row = transaction.row(table.name, keyOf(table, { Company: call.company, ...keys(call) }));
    if (!row) throw new KineticError('notFound', 'Record not found.');
    return methodAnswer({}, { [table.name]: [{ ...row, RowMod: '' }] });
  };
}

/**
 * Half of what a dataset asks for, as the `line-dropped`, `line-doubled` and `header-only` faults do it: the last new line of a table is left
 * out, or every new line is taken twice, or no line at all is.
 */
export function givenLines(table: Table, call: Call): Record<string, unknown>[] {
  const rows = rowsOf(call.input.ds, table);
  const added = rows.filter(({ RowMod }) => RowMod === 'A');
  if (call.fault?.kind === 'header-only') return rows.filter((row) => !added.includes(row));
  if (call.fault?.kind === 'line-dropped') return rows.filter((row) => row !== added.at(-1));
  if (call.fault?.kind === 'line-doubled') return rows.flatMap((row) => (added.includes(row) ? [row, { ...row }] : [row]));
  return rows;
}
