import { Controller, Get, Query } from '@nestjs/common';
import type { StreamableFile } from '@nestjs/common';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import { z } from 'zod';
import { listFile } from '../../shared/accept/list-file.js';
import { parseRequest } from '../../shared/accept/parse-request.js';
import { causeSheet, orderSheet, sequenceSheet } from '../decide/desk-csv.js';
import { DeadLetterRepository } from '../emit/dead-letter.repository.js';
import { OrderListRepository } from '../emit/order-list.repository.js';
import { SequenceListRepository } from '../emit/sequence-list.repository.js';
import { ofWhom, sequencesQuery } from './dead-letter.controller.js';
import { ordersQuery } from './order-body.js';

const sequenceFilter = sequencesQuery.omit({ after: true, before: true, limit: true });
const causeFilter = z.strictObject({ cause: z.string().optional(), group: z.string().optional(), held: z.stringbool().optional() });
const orderFilter = ordersQuery.omit({ after: true, before: true, limit: true });

/** Causes, sequences and orders as files. The HTTP contract is services/recon/README.md. */
@Controller()
@RequirePermission('letters.read')
export class DeskFileController {
  constructor(
    private readonly letters: DeadLetterRepository,
    private readonly standing: SequenceListRepository,
    private readonly given: OrderListRepository,
  ) {}

  @Get('dead-letters/causes.csv')
  @Documented({ does: 'Causes of dead letters as a file.', answers: 'csv', query: causeFilter })
  causes(@CurrentIdentity() identity: Identity, @Query() request: unknown): Promise<StreamableFile> {
    const wanted = Object.entries(parseRequest(causeFilter, request)) as ['cause' | 'group' | 'held', unknown][];
    const visible = targetsFor(identity, 'letters.read');
    return listFile({
      name: 'causes',
      sheet: causeSheet,
      read: async () => {
        const causes = await this.letters.causes(visible);
        return { rows: causes.filter((one) => wanted.every(([name, value]) => one[name] === value)), next: null };
      },
    });
  }

  @Get('dead-letters/sequences.csv')
  @Documented({ does: 'Sequences that wait as a file.', answers: 'csv', query: sequenceFilter })
  sequences(@CurrentIdentity() identity: Identity, @Query() request: unknown): Promise<StreamableFile> {
    const filter = ofWhom(parseRequest(sequenceFilter, request), identity);
    const visible = targetsFor(identity, 'letters.read');
    return listFile({
      name: 'sequences',
      sheet: sequenceSheet,
      read: async (page) => {
        const { sequences, next } = await this.standing.list(filter, page, visible);
        return { rows: sequences, next };
      },
    });
  }

  @Get('dead-letter-orders.csv')
  @Documented({ does: 'Orders as a file.', answers: 'csv', query: orderFilter })
  orders(@CurrentIdentity() identity: Identity, @Query() request: unknown): Promise<StreamableFile> {
    const filter = parseRequest(orderFilter, request);
    const visible = targetsFor(identity, 'letters.read');
    return listFile({
      name: 'orders',
      sheet: orderSheet,
      read: async (page) => {
        const { orders, next } = await this.given.list(filter, page, visible);
        return { rows: orders, next };
      },
    });
  }
}
