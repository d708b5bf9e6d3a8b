import type { ErpCall } from '@tributary/connector-kit';
import { DoorChooser } from './doors/door-chooser.js';
import type { DoorName, SlAction, SlDoor, SlFilter, SlScreen, SlService } from './doors/door.js';
import type { Fetch } from './doors/http-calls.js';
import { HttpCalls } from './doors/http-calls.js';
import { RestDoor } from './doors/rest-door.js';
import { SoapDoor } from './doors/soap-door.js';
import { SlRefusedError } from './sl-errors.js';
import type { SlRow } from './sl-values.js';
import type { SlConfig } from './sl.config.js';

/** A screen of SL and the view in which its documents are found. */
export interface SlScreenCalls {
  add(screen: SlScreen, signal: AbortSignal): Promise<SlScreen>;
  update(screen: SlScreen, signal: AbortSignal): Promise<SlScreen>;
  /** Releases the batch that the screen names. */
  release(screen: SlScreen, signal: AbortSignal): Promise<SlScreen>;
  /** All rows of the view that meet the conditions. */
  find(view: SlView, filters: readonly SlFilter[], signal: AbortSignal): Promise<readonly SlRow[]>;
}

/** Views that the site installs, by the table that each shows. Source: docs/reference/dynamics-sl.md section 2.4. */
export const views = {
  Customer: 'QQ_Customer',
  Batch: 'QQ_Batch',
  ARDoc: 'QQ_ARDoc',
  ARTran: 'QQ_ARTran',
  GLTran: 'QQ_GLTran',
  TrialBalance: 'QQ_TrialBalance',
  /** The chart of accounts, which only the check reads. */
  Account: 'QQ_Account',
} as const;
/** A table that a view shows. */
export type SlView = keyof typeof views;

/** One company of one SL site: both doors of its web layer behind one screen. */
export class SlClient {
  private readonly doors: Readonly<Record<DoorName, SlDoor>>;
  private readonly chooser: DoorChooser;
  private readonly http: HttpCalls;

  constructor(
    readonly config: SlConfig,
    fetch: Fetch,
  ) {
    const http = new HttpCalls(fetch, config.callTimeoutMs);
    this.http = http;
    this.doors = { rest: new RestDoor(http, config), soap: new SoapDoor(http, config) };
    this.chooser = new DoorChooser(http, config);
  }

  /** The calls of a screen, by whichever door has it. Methods throw the errors of sl-errors.ts. */
  screen(service: SlService): SlScreenCalls {
    const edit =
      (action: SlAction) =>
      async (screen: SlScreen, signal: AbortSignal): Promise<SlScreen> =>
        (await this.door(service, signal)).edit(service, action, screen, signal);
    return {
      add: edit('ADD'),
      update: edit('UPDATE'),
      release: edit('RELEASENOW'),
      find: (view, filters, signal) => this.rows(view, filters, signal),
    };
  }

  /** All rows of a view that meet the conditions. */
  async rows(view: SlView, filters: readonly SlFilter[], signal: AbortSignal): Promise<readonly SlRow[]> {
    return (await this.door('quickQuery', signal)).query(views[view], filters, signal);
  }

  /** A call that stores, as REST would send it, without credentials. */
  describe(service: SlService, action: SlAction, screen: SlScreen, text: string): ErpCall {
    const door = this.config.doors.get(service) ?? this.config.doors.get('*') ?? 'rest';
    return { ...this.doors[door].describe(service, action, screen), text };
  }

  /** The door that serves a service. @throws {SlNotSetUpError} where none is known. */
  async doorOf(service: SlService, signal: AbortSignal): Promise<DoorName> {
    return this.chooser.doorOf(service, signal);
  }

  /** Whether a door answers with anything but "not there": a refused login is an answer, too. */
  async isThere(door: DoorName, signal: AbortSignal): Promise<boolean> {
    try {
      await this.doors[door].query(views.Batch, [], signal);
      return true;
    } catch (error) {
      // A redirect is that of another server: the web layer makes none.
      return error instanceof SlRefusedError && (error.status === 200 || error.status > 400) && ![404, 405].includes(error.status);
    }
  }

  /** How far the clock of the server is ahead, by its last answer, ms; undefined before the first one. */
  get clockOffsetMs(): number | undefined {
    return this.http.clockOffsetMs;
  }

  private async door(service: SlService, signal: AbortSignal): Promise<SlDoor> {
    return this.doors[await this.chooser.doorOf(service, signal)];
  }
}
