import type { ServerResponse } from 'node:http';
import { BadRequest, Crash, Refusal, Unauthorised, crashPage } from '../answers.js';
import { localTime } from '../data/dates.js';
import type { Input } from '../data/rows.js';
import type { Store } from '../data/store.js';
import type { EmulatorConfig } from '../emulator.config.js';
import type { FaultAction, FaultCall, Faults } from '../faults.js';
import type { Call, Operation } from '../screens/call.js';
import { textOf } from '../screens/call.js';
import type { Clock } from './clock.js';
import type { WriterLock } from './writer-lock.js';

/** What a door has understood of a request. */
export interface DoorCall {
  readonly door: 'rest' | 'soap';
  readonly method: string;
  readonly service: string;
  readonly name: string;
  readonly operation: Operation;
  readonly args: Input;
  /** @throws {Unauthorised | Refusal} */
  authenticate(): void;
  /** Sends a result in the form of this door. */
  send(response: ServerResponse, status: number, body: unknown): number;
}

/** The parts that calls pass through. */
export interface GatewayParts {
  readonly config: EmulatorConfig;
  readonly store: Store;
  readonly faults: Faults;
  readonly lock: WriterLock;
  readonly clock: Clock;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends plain text or HTML. */
export function sendText(response: ServerResponse, status: number, body: string): number {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(body);
  return status;
}

function drop(response: ServerResponse): string {
  response.destroy();
  return 'dropped';
}

/** Sends what a fault answers without the call being done. @returns undefined when the call is to be done. */
function beforeWork(fault: FaultAction, response: ServerResponse, call: DoorCall): number | string | undefined {
  if (fault.kind === 'drop-before') return drop(response);
  if (fault.kind === 'stall') return 'stalled';
  if (fault.kind === 'down') return sendText(response, 503, 'Service Unavailable');
  if (fault.kind === 'status') {
    const { status = 500, body = crashPage('Object reference not set to an instance of an object.') } = fault;
    return typeof body === 'string' ? sendText(response, status, body) : call.send(response, status, body);
  }
  return undefined;
}

/** Refuses a call that a fault takes at the door. A licence that has run out stops every call (section 9 [assumed]); texts are assumed. */
function refuseBy(fault: FaultAction | undefined): void {
  if (fault?.kind === 'password-expired') throw new Unauthorised('The password of this account has expired.');
  if (fault?.kind === 'licence') throw new Refusal('License has expired. Contact your software vendor.');
  if (fault?.kind === 'refuse') throw new Refusal('The transaction was refused by a business rule of this site.');
  if (fault?.kind === 'second-writer') throw new Refusal('The batch number counter is locked by another user. Please try again.');
}

interface Ended {
  readonly status: number;
  readonly body: unknown;
}

/** Handles one call, including the faults that are set. */
export class Gateway {
  constructor(private readonly parts: GatewayParts) {}

  /** @returns the status that was sent, or what happened instead of an answer. */
  async handle(call: DoorCall, response: ServerResponse): Promise<number | string> {
    const { faults, clock, config } = this.parts;
    const described: FaultCall = { ...call, operation: call.name, actionType: textOf(call.args.actionType), writes: call.operation.writes };
    const fault = faults.for(described);
    response.setHeader('date', new Date(clock.nowMs()).toUTCString());
    const early = fault && beforeWork(fault, response, call);
    if (early !== undefined) return early;

    const { status, body } = await this.answer(call, fault, () =>
      fault?.kind === 'slow' ? wait((fault.delayMs ?? 0) / config.timeScale) : undefined,
    );
    if (fault?.kind === 'commit-then-drop-connection') return drop(response);
    if (fault?.kind === 'commit-then-stall') return 'stalled after commit';
    if (fault?.kind === 'commit-then-502') return sendText(response, 502, 'Bad Gateway');
    return typeof body === 'string' ? sendText(response, status, body) : call.send(response, status, body);
  }

  private async answer(call: DoorCall, fault: FaultAction | undefined, slow: () => Promise<void> | undefined): Promise<Ended> {
    const { operation, args } = call;
    let release: () => void = () => undefined;
    try {
      call.authenticate();
      refuseBy(fault);
      if (operation.writes) release = await this.parts.lock.take();
      await slow();
      return { status: 200, body: operation.work(this.callOf(fault), args) };
    } catch (error) {
      return failure(error, operation, args);
    } finally {
      release();
    }
  }

  private callOf(fault: FaultAction | undefined): Call {
    const { config, store, clock } = this.parts;
    return {
      config,
      user: config.user,
      now: localTime(clock.nowMs(), config.timeZone),
      ...(fault ? { fault } : {}),
      commit: (work) => store.transaction(work),
    };
  }
}

function failure(error: unknown, { refused }: Operation, args: Input): Ended {
  if (error instanceof Refusal) return { status: 200, body: refused?.(error.message, error.code, args) ?? { errorMessage: error.message } };
  if (error instanceof BadRequest) return { status: 400, body: { Message: 'The request is invalid.', MessageDetail: error.message } };
  if (error instanceof Unauthorised) return { status: 401, body: { Message: error.message } };
  if (!(error instanceof Crash)) process.stderr.write(`${JSON.stringify({ level: 'error', error: String((error as Error).stack) })}\n`);
  return { status: 500, body: crashPage(error instanceof Crash ? error.message : 'Object reference not set to an instance of an object.') };
}
