import type { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import type { OfAllSinks } from '@tributary/contracts';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { bodyOfAll } from '../decide/sink-reads.js';
import type { SinkRead } from '../decide/sink-reads.js';
import { CALLER } from './upstream.js';
import type { Caller } from './upstream.js';
import { silentView, SINKS, Sinks, SinkSilentError } from './sinks.js';
import type { SinkAnswer } from './sinks.js';

const sinkAnswersWithinMs = 5_000;

/** An answer for the browser. */
export interface ListAnswer {
  readonly status: number;
  readonly body: object;
}

/** Lists of all erp-sinks: each is asked for its part, and those that do not answer are named beside the rows of the others. */
@Injectable()
export class SinkLists {
  constructor(
    @Inject(SINKS) private readonly sinks: Sinks,
    @Inject(CALLER) private readonly caller: Caller,
  ) {}

  /** @param query of the request: `target` narrows it to one sink; the sinks read the rest. */
  async read(read: SinkRead, query: string, identity: Identity, request: IncomingMessage): Promise<ListAnswer> {
    const visible = targetsFor(identity, 'ledger.read');
    const asked = new URLSearchParams(query);
    const target = asked.get('target');
    const seen = this.sinks.seenBy(visible).filter(({ targets }) => target === null || targets.includes(target));
    if (target !== null && seen.length === 0) return unknownTarget(target);
    const headers = { accept: 'application/json', ...(await this.caller.headersFor(request)) };
    const path = `${read.path}${query === '' ? '' : `?${query}`}`;
    const answers = await Promise.all(
      seen.map((sink) =>
        sink.list(path, headers, sinkAnswersWithinMs).catch((error: unknown) => {
          if (error instanceof SinkSilentError) return error;
          throw error;
        }),
      ),
    );
    const silent = answers.filter((answer) => answer instanceof SinkSilentError);
    const given = answers.filter((answer): answer is SinkAnswer => !(answer instanceof SinkSilentError));
    const refused = given.find(({ status }) => status !== 200);
    if (refused) return { status: refused.status, body: parsed(refused.body) ?? {} };
    const body = bodyOfAll(
      read,
      given.map((one) => parsed(one.body)),
      asked,
    );
    const others: OfAllSinks = { silent: silent.map((one) => silentView(one, visible)) };
    return { status: 200, body: { ...body, ...others } };
  }
}

/** What is said about a target that no sink serves, or none that whoever asks may know of. */
export function unknownTarget(target: string): ListAnswer {
  const message = `No sink of ERP_SINK_URLS serves ${target.slice(0, 80)}.`;
  return { status: 404, body: { error: 'target.unknown', message } };
}

function parsed(body: Buffer): object | null {
  try {
    return JSON.parse(body.toString()) as object | null;
  } catch {
    return null;
  }
}
