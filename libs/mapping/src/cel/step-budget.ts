import { MappingBudgetError } from '../errors.js';

/**
 * Steps that all expressions of one event may take together: a step is one node of an expression, evaluated once. An ordinary event takes some
 * hundred, one with ten thousand lines some hundred thousand. Steps and no clock, so that routing an event again ends in the same way (I10).
 */
export const stepsPerEvent = 5_000_000;

/** What is left of the steps of one event. */
export class StepBudget {
  constructor(private left = stepsPerEvent) {}

  /** Takes steps before they are made. @param where flow or mapping, and the field. @throws {MappingBudgetError} when they are not left. */
  spend(steps: number, where: string): void {
    this.left -= steps;
    if (this.left >= 0) return;
    throw new MappingBudgetError(
      `evaluating ${where}: the expressions of this event would take more than ${stepsPerEvent.toLocaleString('en')} steps. Loop over fewer elements, or take the loop out`,
      { where },
    );
  }
}
