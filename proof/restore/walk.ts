import type { Body } from '../walk/bodies.js';
import { dayOf, Installation } from './installation.js';
import type { Measured } from './results.js';

/** How a walk is done. */
export interface WalkTerms {
  /** Folder of PostgreSQL's programs. */
  readonly programs: string;
  /** Payments before the backup; after it come half as many, and as many again while the system is down. */
  readonly payments: number;
  /** Name of the run, for its folder. */
  readonly name: string;
  /** Called with each result as soon as it is there. */
  onMeasured(measured: Measured): void;
}

/** What is so at the end of a disaster. Equal to {@link asItShouldBe} when nothing is lost and nothing is there twice. */
export interface Ending {
  readonly receipts: { readonly all: number; readonly different: number; readonly posted: number };
  readonly counts: { readonly inFlight: number; readonly held: number; readonly deadLettered: number };
  readonly reconciliation: Readonly<Record<string, number>>;
  readonly peopleSignIn: boolean;
  /** Who ran and who approved the rebuild of each ledger, by target. */
  readonly rebuilds: Readonly<Record<string, string>>;
  readonly trailIsWhole: boolean;
}

const twoPersons = 'Grace Hopper, approved by Mary Jackson';

/** @param payments that were ever delivered. */
export function asItShouldBe(payments: number): Ending {
  return {
    receipts: { all: payments, different: payments, posted: payments },
    counts: { inFlight: 0, held: 0, deadLettered: 0 },
    reconciliation: { matched: payments },
    peopleSignIn: true,
    rebuilds: { 'kinetic-main': twoPersons, 'stripe-main': twoPersons },
    trailIsWhole: true,
  };
}

/** A walk: an installation with a day in it, to which disasters happen one after another. */
export class RestoreWalk {
  private delivered: Body[] = [];

  private constructor(
    private readonly installation: Installation,
    private readonly terms: WalkTerms,
  ) {}

  /** Starts an installation, posts a day, and takes the backup of the runbook. */
  static async start(terms: WalkTerms): Promise<RestoreWalk> {
    const installation = await Installation.start(terms.programs, terms.name);
    const walk = new RestoreWalk(installation, terms);
    try {
      await walk.pay('before', terms.payments);
      await installation.audited('person.added');
      await walk.measured('backup', () => installation.type('pg_dump '));
    } catch (error) {
      await walk.stop();
      throw error;
    }
    return walk;
  }

  async stop(): Promise<void> {
    await this.installation.stop();
  }

  /** The server of the database is lost with its disk. The backup is older than topics and ledger, and webhooks go on arriving. */
  async databaseLost(): Promise<Ending> {
    const { installation } = this;
    const half = Math.ceil(this.terms.payments / 2);
    const after = await this.pay('after', half);
    await installation.endReaders('killed');
    await installation.site.loseDatabase();
    const down = dayOf('down', half);
    await installation.deliver(down);
    this.delivered.push(...down);

    await this.measured('restore of the database', () => installation.type('pg_restore '));
    await this.measured('roles', () => installation.type('tributary database roles '));
    await installation.site.nameRoles();
    await installation.window.process.start();
    const rebuildOfLedger = 'tributary rebuild ledger --target kinetic-main';
    if (!(await installation.approveRebuild(rebuildOfLedger, 'erp-sink'))) throw new Error('one person alone could rebuild a ledger');
    await this.measured('rebuild of the ledger', () => installation.type(rebuildOfLedger, 'erp-sink'));
    await this.measured('rebuild of the other target', () =>
      installation.type('tributary rebuild ledger --target stripe-main', 'erp-sink-stripe'),
    );
    await this.measured('rebuild of the views', () => installation.type('tributary rebuild views', 'recon'));
    return this.wentOn('until everything is posted', after, this.delivered.length);
  }

  /**
   * The brokers are lost with their disks, or put back as they were some time ago: the database is newer than the topics.
   * @param back what the brokers have afterwards.
   */
  async topicsLost(back: 'nothing' | 'copy'): Promise<Ending> {
    const { installation } = this;
    await installation.endReaders('stopped', true);
    if (back === 'copy') await installation.site.copyTopics();
    await installation.startReaders(true);
    await installation.window.process.start();
    await this.pay(`last-${back}`, Math.ceil(this.terms.payments / 2), false);

    await installation.endReaders('killed', true);
    await installation.site.loseTopics(back);
    await this.measured('topics and schemas', async () => {
      const startedAt = Date.now();
      await installation.setUp();
      return { tookMs: Date.now() - startedAt };
    });
    await this.measured('rebuild of the views', () => installation.type('tributary rebuild views --forget-expired', 'recon'));
    await this.measured('cross-references', () => installation.type('tributary rebuild xref --target kinetic-main', 'erp-sink'));
    await installation.window.process.start();
    await installation.system.restart('ingest');
    return this.wentOn(
      `until everything is there again, ${back === 'copy' ? 'on old topics' : 'on empty topics'}`,
      this.delivered,
      this.delivered.length,
    );
  }

  /** Starts the services, lets Stripe deliver again what it was not told is there, and new payments, and looks at everything. */
  private async wentOn(what: string, again: readonly Body[], accepted: number): Promise<Ending> {
    const { installation } = this;
    const startedAt = Date.now();
    await installation.startReaders();
    await installation.deliver(again);
    const next = dayOf(`next${this.delivered.length}`, 3);
    this.delivered.push(...next);
    await installation.deliver(next, accepted + next.length);
    this.terms.onMeasured({ what, tookMs: Date.now() - startedAt });
    return this.ending();
  }

  private async ending(): Promise<Ending> {
    const { installation, delivered } = this;
    const reconciliation = await installation.reconciled();
    const { inFlight, held, deadLettered } = await installation.system.counts();
    return {
      receipts: await installation.receiptsOf(delivered),
      counts: { inFlight, held, deadLettered },
      reconciliation,
      peopleSignIn: await installation.window.knowsPeople(),
      rebuilds: await installation.rebuilds(),
      trailIsWhole: await installation.type('tributary audit verify', 'recon').then(
        () => true,
        () => false,
      ),
    };
  }

  /** New payments, and all of them in the ledger. */
  private async pay(prefix: string, count: number, counted = true): Promise<Body[]> {
    const bodies = dayOf(prefix, count);
    this.delivered.push(...bodies);
    await this.installation.deliver(bodies, counted ? this.delivered.length : (await this.installation.system.counts()).accepted + count);
    return bodies;
  }

  private async measured(what: string, work: () => Promise<{ readonly tookMs: number }>): Promise<void> {
    const { tookMs } = await work();
    this.terms.onMeasured({ what, tookMs });
  }
}
