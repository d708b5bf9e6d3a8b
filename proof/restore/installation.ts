import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditPage, ReconciliationState } from '@tributary/contracts';
import { callApi } from '@tributary/local-stack';
import { eventBodies, paymentsOf } from '../walk/bodies.js';
import type { Body } from '../walk/bodies.js';
import { prepareTopics } from '../walk/walk-processes.js';
import type { ServiceName } from '../walk/walk-processes.js';
import { WalkSystem } from '../walk/walk-system.js';
import { commandOf, typed } from './runbook.js';
import type { Ran } from './runbook.js';
import { Site } from './site.js';
import { Window } from './window.js';
import type { rebuildScopes } from './window.js';

/** What reads topics and writes the database or the ledger, in the order in which the runbook starts it again. */
const readers = ['erp-sink', 'erp-sink-stripe', 'transform', 'recon'] as const;
const calmWithinMs = 120_000;

/** A whole installation with a disk that can be lost: services, ERP, broker, registry, database, and the console with its person. */
export class Installation {
  /** Variables that name the tokens of those who rebuild. */
  private persons: Readonly<Record<string, string>> = {};

  private constructor(
    readonly site: Site,
    readonly system: WalkSystem,
    readonly window: Window,
    private readonly programs: string,
  ) {}

  /** @param programs folder of PostgreSQL's programs. @param name of the run, for its folder. */
  static async start(programs: string, name: string): Promise<Installation> {
    const site = await Site.start(programs);
    try {
      await site.nameRoles();
      const system = await WalkSystem.on(site.wire(), name, { variablesOf: (service) => site.databaseVariables(service) });
      const window = await Window.beside(site, system.token.TRIBUTARY_STATE_DIR ?? '', system.reconUrl);
      await window.process.start();
      await window.addPeople();
      return new Installation(site, system, window, programs);
    } catch (error) {
      await site.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.window.process.stop();
    await this.system.stop();
  }

  /** Delivers payments to the webhook, and waits until all of them are in the ledger. @param accepted deliveries that recon then counts. */
  async deliver(bodies: readonly Body[], accepted?: number): Promise<void> {
    for (const body of bodies) await this.system.deliverUntilAccepted(body);
    if (accepted !== undefined) await this.system.quiet(accepted);
  }

  /** Ends what reads topics. @param how `killed`: as a disaster does; `stopped`: as a person does. @param ingest whether ingest, too. */
  async endReaders(how: 'killed' | 'stopped', ingest = false): Promise<void> {
    const all: readonly ServiceName[] = ingest ? [...readers, 'ingest'] : readers;
    for (const service of all) await (how === 'killed' ? this.system.kill9(service) : this.system.halt(service));
    await (how === 'killed' ? this.window.process.kill9() : this.window.process.stop());
  }

  /** Starts what `endReaders` ended, but the console. */
  async startReaders(ingest = false): Promise<void> {
    for (const service of [...readers, ...(ingest ? (['ingest'] as const) : [])]) await this.system.restart(service);
  }

  /** Topics and schemas, as the set-up of an installation makes them. */
  async setUp(): Promise<void> {
    await prepareTopics(this.site);
  }

  /** Types the command of the runbook that begins so. @param as whose variables it gets; default: those of whoever runs the database. */
  async type(begin: string, as?: ServiceName): Promise<Ran> {
    const own = { DATABASE_URL: this.site.databaseUrl, DATABASE_MIGRATION_URL: this.site.databaseUrl, PATH: this.programs };
    const env = as === undefined ? own : { ...this.system.environmentOf(as), ...this.persons, PATH: this.programs };
    return typed(commandOf(begin), env, this.site.folder);
  }

  /**
   * Two persons make tokens for the rebuild at the console, as the runbook says; `type` gives both from then on. Before the second one has done so, the
   * rebuild is tried with that of the first alone.
   * @returns whether that was refused.
   */
  async approveRebuild(alone: string, as: ServiceName): Promise<boolean> {
    const folder = this.site.folder;
    const keep = async (who: keyof typeof rebuildScopes): Promise<string> => {
      const file = join(folder, `${who}.token`);
      writeFileSync(file, await this.window.rebuildToken(who), { mode: 0o600 });
      return file;
    };
    const known = { IDENTITY_REVOCATIONS_URL: `${this.window.url}/identity/revocations`, REBUILD_TOKEN_FILE: await keep('engineer') };
    this.persons = known;
    const isRefused = await this.type(alone, as).then(
      () => false,
      (error: Error) => error.message.includes('REBUILD_APPROVAL_TOKEN'),
    );
    this.persons = { ...known, REBUILD_APPROVAL_TOKEN_FILE: await keep('approver') };
    return isRefused;
  }

  /** Receipts of these payments that are in the ERP: how many, how many different, how many of them posted. */
  async receiptsOf(bodies: readonly Body[]): Promise<{ readonly all: number; readonly different: number; readonly posted: number }> {
    const charges = new Set(bodies.map(({ eventId }) => eventId.replace(/^evt_/, 'ch_')));
    const own = (await this.system.kinetic()).receipts.filter(({ CheckRef }) => charges.has(CheckRef));
    return {
      all: own.length,
      different: new Set(own.map(({ CheckRef }) => CheckRef)).size,
      posted: own.filter(({ Posted }) => Posted).length,
    };
  }

  /** Waits until recon has compared every payment with the ledger. @returns how many there are of each state. */
  async reconciled(): Promise<Readonly<Partial<Record<ReconciliationState, number>>>> {
    const deadline = Date.now() + calmWithinMs;
    for (;;) {
      const { summary } = await this.ask<{ summary: Record<ReconciliationState, number> }>('/reconciliation?limit=1');
      if (summary.pending === 0 || Date.now() > deadline)
        return Object.fromEntries(Object.entries(summary).filter(([, count]) => count > 0));
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  /** Who ran and who approved the rebuild of each target, once the audit trail has it of both. */
  async rebuilds(): Promise<Readonly<Record<string, string>>> {
    const deadline = Date.now() + calmWithinMs;
    for (;;) {
      const { rows } = await this.ask<AuditPage>('/audit?action=ledger.rebuilt&limit=10');
      const found = rows.map(({ target, name, details }) => {
        const { approvedBy } = details as { approvedBy?: { name: string } };
        return [String(target), `${name}, approved by ${approvedBy?.name ?? 'nobody'}`] as const;
      });
      if (found.length > 1 || Date.now() > deadline) return Object.fromEntries(found);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  /** Waits until the audit trail names a deed. @returns its newest row. */
  async audited(action: string): Promise<string> {
    const deadline = Date.now() + calmWithinMs;
    for (;;) {
      const [row] = (await this.ask<AuditPage>(`/audit?action=${action}&limit=1`)).rows;
      if (row) return row.sequence;
      if (Date.now() > deadline) throw new Error(`the audit trail has no ${action} after ${calmWithinMs} ms`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  private async ask<Answer>(path: string): Promise<Answer> {
    const response = await callApi(`${this.system.reconUrl}${path}`, {}, this.system.token);
    if (!response.ok) throw new Error(`recon ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }
}

const bodies = eventBodies();

/** Payments of one day. @param prefix in their ids. */
export const dayOf = (prefix: string, count: number): Body[] => paymentsOf(bodies, prefix, count);
