import type { Answer } from '../answers.js';
import { ok, P21Error, Refusal } from '../answers.js';
import type { Call } from '../call.js';
import type { Saved, ServiceDefinition } from './definition.js';
import type { ListFault, TransactionInput } from './edits.js';
import { rowsGiven, transactionSet } from './edits.js';

/** What a dialog that an earlier failure left open does: section 4 [verified text]. */
const leftDialog = 'Unexpected response window';

interface Done {
  readonly message: string;
  readonly result?: object;
}

/**
 * Runs a transaction set: each transaction is one unit, and several are independent of each other. A refusal is HTTP 200 with a summary and
 * messages (section 4 [verified]); `Status` "Existing" is 500 [verified]. A body of another shape is 400 (assumed).
 */
export function runTransactions(service: ServiceDefinition, call: Call): Answer {
  const read = transactionSet.safeParse(call.body);
  if (!read.success) throw new P21Error('badRequest', `The transaction set cannot be read: ${read.error.issues[0]?.path.join('.') ?? ''}`);
  const { Transactions, IgnoreDisabled } = read.data;
  if (Transactions.some(({ Status }) => Status === 'Existing'))
    throw new P21Error('nullReference', 'Object reference not set to an instance of an object.');
  const done = Transactions.map((one) => runOne(service, one, IgnoreDisabled, call));
  const succeeded = done.filter(({ result }) => result !== undefined).length;
  const results = done.map(({ result }) => result ?? { Status: 'Failed', DataElements: [] });
  return ok(
    {
      Messages: done.map(({ message }, index) => `Transaction ${index + 1}:: ${message}`),
      Results: succeeded === 0 ? null : { Name: service.name, Transactions: results },
      Summary: { Succeeded: succeeded, Failed: done.length - succeeded, Other: 0 },
    },
    'TransactionSetResponse',
  );
}

function runOne(service: ServiceDefinition, input: TransactionInput, ignoreDisabled: boolean, call: Call): Done {
  const kind = call.fault?.kind;
  if (kind === 'session-contaminated') return { message: leftDialog };
  try {
    const saved = call.transaction.nested((transaction): Saved => {
      const own = { ...call, transaction };
      const given = rowsGiven(service, input, ignoreDisabled, listFault(kind));
      // A pop-up that was answered with No skips the save where no line can be dropped: section 4 [verified that both happen].
      return kind === 'pop-up' && !hasRows(service, input) ? {} : service.save(given, own);
    });
    if (kind === 'saved-then-error') return { message: leftDialog };
    return { message: '', result: { Status: 'Passed', DataElements: elementsOf(saved) } };
  } catch (error) {
    if (error instanceof Refusal) return { message: error.message };
    throw error;
  }
}

function hasRows({ elements }: ServiceDefinition, input: TransactionInput): boolean {
  const lists = elements.filter(({ type }) => type === 'List').map(({ name }) => name);
  return input.DataElements.some(({ Name, Rows }) => lists.includes(Name) && Rows.length > 0);
}

function listFault(kind: string | undefined): ListFault {
  if (kind === 'line-dropped' || kind === 'pop-up') return 'line-dropped';
  return kind === 'line-doubled' ? 'line-doubled' : undefined;
}

function elementsOf(saved: Saved): object[] {
  return Object.entries(saved).map(([Name, values]) => ({
    Name,
    Rows: [{ Edits: Object.entries(values).map(([name, Value]) => ({ Name: name, Value })) }],
  }));
}
