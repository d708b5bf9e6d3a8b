import { Inject, Injectable } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { AuditChainWatch } from '../../audit/emit/audit-chain-watch.js';
import { BooksFiguresWorker } from '../../books/emit/books-figures.worker.js';
import { LEDGER_CONNECTORS } from '../../reconciliation/emit/ledger-connectors.js';
import type { LedgerConnectors } from '../../reconciliation/emit/ledger-connectors.js';
import { FiguresWorker } from '../../views/emit/figures.worker.js';
import type { Figures } from '../../views/emit/figures.worker.js';
import type { Reading } from '../decide/advance.js';
import type { ConditionCode } from '../decide/conditions.js';

/** A figure by what it is about; `target` where it belongs to one. */
export interface Figure {
  readonly about: string;
  readonly count: number;
  readonly target?: string;
}

/** Figures of a condition; undefined: not known now. `unknown`: what is not known of it although the rest is. */
type Known = { readonly figures: readonly Figure[]; readonly isUnknown?: (about: string) => boolean } | undefined;

/** At most so many messages about one condition: what it is about beyond that is one together. */
const mostApart = 50;
/** Failures to deliver are told of for so long. */
const givenUpWithin = '24 hours';

/** Reads the figures that conditions are about: those that recon's metrics have, and what stands in its database. */
@Injectable()
export class NotificationReadings {
  constructor(
    private readonly dataSource: DataSource,
    private readonly figures: FiguresWorker,
    private readonly books: BooksFiguresWorker,
    private readonly chain: AuditChainWatch,
    @Inject(LEDGER_CONNECTORS) private readonly connectors: LedgerConnectors,
  ) {}

  /** Every condition as it is now. */
  async all(): Promise<Readonly<Record<ConditionCode, Known>>> {
    const isBroken = await this.chain.isBroken();
    return {
      ...overviewFigures(this.figures.latest),
      ...this.ofBooks(),
      'dead-letters': { figures: await this.counts('code as about, null as target', letters, 'code') },
      'postings-held': { figures: await this.counts(`${targetOf} as about, ${targetOf} as target`, `${letters} and held`, targetOf) },
      'target-paused': { figures: await this.pausedTargets() },
      lag: { figures: await this.lag() },
      'audit-chain': isBroken === undefined ? undefined : one(isBroken ? 1 : 0),
      'notifications-given-up': {
        figures: await this.counts(
          'route as about, null as target',
          `recon.notification_message where state = 'given-up' and kind <> 'test' and ended_at > now() - interval '${givenUpWithin}'`,
          'route',
        ),
      },
    };
  }

  private ofBooks(): { readonly 'clearing-differs': Known; readonly 'books-unbalanced': Known } {
    const books = this.books.latest;
    if (!books) return { 'clearing-differs': undefined, 'books-unbalanced': undefined };
    const read = new Set(books.ledgers.map(({ target }) => target));
    return {
      'clearing-differs': {
        figures: books.ledgers.flatMap(({ target, clearing }) =>
          clearing.map(({ currency, difference }) => ({
            ...{ about: `${target} in ${currency}`, target },
            count: /^-?0+$/.test(difference.minor) ? 0 : 1,
          })),
        ),
        // A ledger that could not be read keeps its last word.
        isUnknown: (about) => [...this.connectors.keys()].some((target) => !read.has(target) && about.startsWith(`${target} in `)),
      },
      'books-unbalanced': one(books.unbalanced),
    };
  }

  private counts(columns: string, from: string, by: string): Promise<Figure[]> {
    return this.read(`select ${columns}, count(*)::int as count from ${from} group by ${by} order by count(*) desc, 1`);
  }

  /** As the audit trail has it: erp-sink reports there what people did. */
  private pausedTargets(): Promise<Figure[]> {
    return this.read(
      `select target as about, target, 1 as count from (
         select distinct on (a.target) a.target, a.action from recon.audit a
         where a.action in ('target.paused', 'target.resumed') and a.target is not null order by a.target, a.sequence desc) last
       where action = 'target.paused' order by 1`,
    );
  }

  /** Of every process that was heard of within the last minutes, the one that is furthest behind. */
  private lag(): Promise<Figure[]> {
    return this.read(
      `select '' as about, null as target, max(lag)::int as count from recon.notification_process
       where seen_at > now() - interval '3 minutes' having count(*) > 0`,
    );
  }

  private async read(sql: string): Promise<Figure[]> {
    const rows = await withDatabase('reading what is told of', () =>
      this.dataSource.query<{ about: string | null; target: string | null; count: number }[]>(sql),
    );
    return rows.map(({ about, target, count }) => ({ about: about ?? 'no target', count, ...(target === null ? {} : { target }) }));
  }
}

const letters = `recon.dead_letter where state <> 'closed' and id is not null`;
const targetOf = `substring(source_topic from '^postings\\.(.+)\\.v[0-9]+$')`;

function one(count: number): Known {
  return { figures: [{ about: '', count }] };
}

type OfOverview =
  | 'sequences-blocked'
  | 'ledger-differs'
  | 'payment-not-posted'
  | 'needs-person'
  | 'breaks'
  | 'events-stuck'
  | 'money-at-risk'
  | 'approval-waits';

function overviewFigures(latest: Figures | undefined): Readonly<Record<OfOverview, Known>> {
  const of = (known: (figures: Figures) => Known): Known => (latest ? known(latest) : undefined);
  const open = (what: string): Known => of(({ overview }) => one(overview.open.find((item) => item.what === what)?.count ?? 0));
  const breaks = ['different', 'missing'] as const;
  return {
    'sequences-blocked': open('parked'),
    'ledger-differs': open('ledgerEffects'),
    'needs-person': open('needsPerson'),
    'events-stuck': open('stuck'),
    'payment-not-posted': of(({ waits }) => one(waits.oldestUnpostedS)),
    'approval-waits': of(({ waits }) => one(waits.ordersForApproval)),
    breaks: of(({ overview }) => ({ figures: breaks.map((about) => ({ about, count: overview.reconciliation[about].count })) })),
    'money-at-risk': of(({ overview: { moneyAtRisk } }) => ({
      figures: [...new Set([...moneyAtRisk.amounts, ...moneyAtRisk.waitingBehind.amounts].map(({ currency }) => currency))].map(
        (about) => ({
          ...{ about, count: 1 },
        }),
      ),
    })),
  };
}

/** The figures above a threshold. A condition that is about too many things is one about `others` for the rest. */
export function readingOf(known: Known, threshold: number): Reading {
  const above = (known?.figures ?? []).filter(({ count }) => count > threshold);
  const rest = above.slice(mostApart);
  const others = { about: 'others', count: rest.reduce((sum, { count }) => sum + count, 0) };
  const shown: readonly Figure[] = [...above.slice(0, mostApart), ...(rest.length === 0 ? [] : [others])];
  return {
    holding: new Map(shown.map(({ about, count, target }) => [about, { count: Math.round(count), target: target ?? null }])),
    isUnknown: known === undefined ? () => true : (known.isUnknown ?? (() => false)),
  };
}
