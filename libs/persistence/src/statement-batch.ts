import pg from 'pg';
import type { ClientBase, Connection, QueryResult, Submittable } from 'pg';

/** One statement with its parameters. */
export interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
}

/** The part of pg's Query that its client drives (pg/lib/query.js); the published types leave it out. */
interface DrivenQuery {
  submit(connection: Connection): Error | null;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Connection): void;
  handleReadyForQuery(connection: Connection): void;
}

type Done = (error: Error | undefined, results: readonly QueryResult[]) => void;

/**
 * Statements that PostgreSQL is sent in one piece, with one Sync behind the last: it carries them out in their order and skips all that follow
 * one that fails. Each is parsed, answered and typed by pg's own Query.
 */
class StatementBatch implements Submittable {
  private readonly queries: DrivenQuery[];
  private readonly results: QueryResult[] = [];
  private failure: Error | undefined;
  private at = 0;

  constructor(
    statements: readonly Statement[],
    private readonly done: Done,
  ) {
    this.queries = statements.map(({ text, values = [] }) => {
      const ended = (error: Error | undefined, result: unknown): void => {
        if (error) this.failure ??= error;
        else this.results.push(result as QueryResult);
      };
      return new pg.Query({ text, values: [...values], queryMode: 'extended' } as pg.QueryConfig, ended) as unknown as DrivenQuery;
    });
  }

  /** Called by the client when the connection is free. */
  submit(connection: Connection): null {
    const withoutSync = Object.create(connection, { sync: { value: () => undefined } }) as Connection;
    connection.stream.cork();
    try {
      for (const query of this.queries) query.submit(withoutSync);
      connection.sync();
    } finally {
      connection.stream.uncork();
    }
    // A parameter that cannot be written leaves a gap in what was sent: answers could not be told apart.
    if (this.failure) connection.stream.destroy(this.failure);
    return null;
  }

  handleRowDescription(message: unknown): void {
    this.queries[this.at]?.handleRowDescription(message);
  }

  handleDataRow(message: unknown): void {
    this.queries[this.at]?.handleDataRow(message);
  }

  handleCommandComplete(message: unknown, connection: Connection): void {
    this.queries[this.at]?.handleCommandComplete(message, connection);
    this.at += 1;
  }

  /** PostgreSQL refused a statement, or the connection is gone. */
  handleError(error: Error): void {
    this.done(this.failure ?? error, []);
  }

  handleReadyForQuery(connection: Connection): void {
    for (const query of this.queries) query.handleReadyForQuery(connection);
    this.done(this.failure, this.results);
  }
}

/**
 * Runs statements in one round trip. @returns one result for each. @throws the error of the first that fails; those behind it were not run. Outside
 * of a transaction they are one.
 */
export function runTogether(client: ClientBase, statements: readonly Statement[]): Promise<readonly QueryResult[]> {
  return new Promise((resolve, reject) => {
    client.query(
      new StatementBatch(statements, (error, results) => {
        if (error) reject(error);
        else resolve(results);
      }),
    );
  });
}
