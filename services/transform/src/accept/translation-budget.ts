import { ServiceUnavailableException } from '@nestjs/common';

/** What dry runs may take of transform, whose own work they must not hold up. */
export interface TranslationBudget {
  /** Translations at once. */
  readonly inFlight: number;
  /** Longest time of one, ms. */
  readonly withinMs: number;
}

/** The budget of a process: people ask for dry runs one at a time, and recon passes their questions on. */
export const translationBudget: TranslationBudget = { inFlight: 4, withinMs: 10_000 };

/** Runs work within a budget. */
export class BudgetedWork {
  private running = 0;

  constructor(private readonly budget: TranslationBudget) {}

  /** @throws {ServiceUnavailableException} `translations.busy` before anything is done, `translations.late` when the time is over. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.budget.inFlight)
      throw new ServiceUnavailableException({
        error: 'translations.busy',
        message: `${this.budget.inFlight} translations are under way; ask again in a moment`,
      });
    this.running += 1;
    // Work that is late goes on and counts until it ends: only then is its room free.
    const done = work().finally(() => (this.running -= 1));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new ServiceUnavailableException({ error: 'translations.late', message: `not done after ${this.budget.withinMs} ms` })),
        this.budget.withinMs,
      );
    });
    done.catch(() => undefined);
    try {
      return await Promise.race([done, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
