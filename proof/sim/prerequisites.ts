import { neededKeys, noPrerequisites } from '@tributary/posting';
import type { Prerequisites, Standing } from '@tributary/posting';
import type { Core } from './core.js';
import type { SimDatabase } from './database.js';
import type { SimRequest } from './sim-request.js';

/** What keeps requests from being sent; see services/erp-sink/src/decide/step-postings.ts. */
export class SimPrerequisites {
  private readonly unbookable = new Map<SimRequest, boolean>();

  constructor(
    private readonly database: SimDatabase,
    private readonly core: Core,
  ) {}

  of(request: SimRequest, waitingSince: number | undefined): Prerequisites {
    // What cannot be booked is refused at once.
    if (request.needs.length + request.dependsOn.length === 0 || this.isUnbookable(request)) return noPrerequisites;
    const standings = new Map(neededKeys(request).map((key) => [key, this.standing(key)]));
    return this.core.prerequisitesOf(request, standings, waitingSince, this.database.now());
  }

  /** How far a posting is. */
  standing(key: string): Standing {
    const row = this.database.postings.get(key);
    const saved = row?.posting.reference !== undefined;
    return { asked: row !== undefined, saved, released: saved && (row.released || row.stored?.request.kind === 'customer') };
  }

  private isUnbookable(request: SimRequest): boolean {
    const known = this.unbookable.get(request);
    if (known !== undefined) return known;
    const isUnbookable = this.core.effectProblem(request) !== undefined;
    this.unbookable.set(request, isUnbookable);
    return isUnbookable;
  }
}
