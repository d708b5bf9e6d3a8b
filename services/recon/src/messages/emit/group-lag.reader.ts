import { Inject, Injectable } from '@nestjs/common';
import { consumerGroups } from '@tributary/contracts';
import type { ConsumerGroup, ConsumerGroupsView, ConsumerGroupView } from '@tributary/contracts';
import type { GroupPosition } from '@tributary/messaging';
import { isVisible } from '../../shared/decide/visible-targets.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { groupWithoutAnswer, lagMeaning, targetOfGroup, workOf } from '../decide/message-texts.js';

/** Injection token of {@link GroupPositions}. */
export const GROUP_POSITIONS = Symbol('GroupPositions');

/** Asks the brokers where groups stand. */
export interface GroupPositions {
  readonly targets: readonly string[];
  ask(groups: readonly ConsumerGroup[]): Promise<readonly GroupPosition[]>;
}

/** Pages that are open in several browsers ask the brokers once, ms. */
const keptMs = 3_000;
const withinMs = 8_000;

/** How far each consumer group is behind its topics. */
@Injectable()
export class GroupLagReader {
  private kept: { readonly at: number; readonly positions: Promise<readonly GroupPosition[]> } | undefined;

  constructor(@Inject(GROUP_POSITIONS) private readonly brokers: GroupPositions) {}

  /** Groups that work for all targets, and those of visible ones. A group that could not be asked says why. */
  async read(visible: VisibleTargets): Promise<ConsumerGroupsView> {
    const groups = consumerGroups({ targets: this.brokers.targets });
    const shown = groups.filter(({ name }) => isVisible(visible, targetOfGroup(name)));
    const asOf = new Date().toISOString();
    try {
      const positions = await this.positions(groups);
      return {
        asOf,
        groups: shown.map(({ name }) =>
          viewOf(
            name,
            positions.find(({ group }) => group === name),
          ),
        ),
      };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return { asOf, groups: shown.map(({ name }) => groupWithoutAnswer(name, why)) };
    }
  }

  private positions(groups: readonly ConsumerGroup[]): Promise<readonly GroupPosition[]> {
    if (this.kept && Date.now() - this.kept.at < keptMs) return this.kept.positions;
    const positions = inTime(this.brokers.ask(groups));
    this.kept = { at: Date.now(), positions };
    positions.catch(() => (this.kept = undefined));
    return positions;
  }
}

function viewOf(name: string, position: GroupPosition | undefined): ConsumerGroupView {
  if (position?.members === undefined) return groupWithoutAnswer(name, position?.problem ?? 'no answer');
  const lag = position.topics.reduce((sum, topic) => sum + topic.lag, 0n);
  return {
    ...{ group: name, does: workOf(name), lag: lag.toString(), members: position.members, problem: null },
    meaning: lagMeaning(lag, position.members),
    topics: position.topics.map(({ topic, newest, lag: behind }) => ({ topic, newest: newest.toString(), lag: behind.toString() })),
  };
}

function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the brokers did not answer within ${withinMs} ms`)), withinMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
