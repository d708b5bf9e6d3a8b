import { hash } from 'node:crypto';
import type { ModelRun } from '../model-check.js';
import { shippedChain } from './core.js';
import type { ChainCore } from './core.js';
import { isGoodEnd } from './end.js';
import { Chain } from './moves.js';
import { nameOfChain } from './name.js';
import { initialChain, tickSays } from './state.js';
import type { ChainSetting, ChainState } from './state.js';

/** What to explore, and how much of it. */
export interface ChainOptions {
  readonly maxStates: number;
  readonly core?: ChainCore;
  readonly onProgress?: ((text: string) => void) | undefined;
}

/**
 * Explores every interleaving of a setting breadth-first, up to so many states; the first violation ends it. When all states were reached,
 * each of them must have a way to a good end that needs no further fault: releases cannot deadlock (I14).
 */
export function exploreChain(setting: ChainSetting, { maxStates, core = shippedChain, onProgress }: ChainOptions): ModelRun {
  const startedAt = performance.now();
  const chain = new Chain(setting, core);
  const found = new Found(setting);
  let [states, depth, transitions, wrong] = [[initialChain(setting)], 0, 0, -1];
  let at = 0;
  while (states.length > 0 && found.size < maxStates && wrong < 0) {
    const below: ChainState[] = [];
    for (const state of states) {
      for (const move of chain.next(state)) {
        transitions += 1;
        const isNew = found.add(at, move.state, move.says, move.state.faults === state.faults);
        if (isNew) below.push(move.state);
        if (isNew && move.state.wrong !== undefined && wrong < 0) wrong = found.size - 1;
      }
      at += 1;
      if (wrong >= 0 || found.size >= maxStates) break;
    }
    states = below;
    depth += 1;
    if (depth % 5 === 0) onProgress?.(`${setting.name}: depth ${depth}, ${found.size} states`);
  }
  const complete = states.length === 0;
  let violation = wrong < 0 ? undefined : states.find((state) => state.wrong !== undefined)?.wrong;
  if (complete && wrong < 0 && (wrong = found.deadEnd()) >= 0)
    violation = 'I14: from here nothing can end well: what waits, waits for ever';
  return {
    ...{ name: setting.name, states: found.size, transitions, depth, ms: Math.round(performance.now() - startedAt), complete, violation },
    ...(violation === undefined ? {} : { trail: found.trailTo(wrong) }),
  };
}

/** The states that were reached, by number, and how: their names as digests, since there are many. */
class Found {
  private readonly numbers = new Map<string, number>();
  private readonly parents: number[] = [-1];
  private readonly said: string[] = ['nothing has been read'];
  private readonly good: boolean[];
  /** Moves that need no fault. */
  private readonly ways: { readonly from: number[]; readonly to: number[] } = { from: [], to: [] };

  constructor(private readonly setting: ChainSetting) {
    const first = initialChain(setting);
    this.numbers.set(digest(first), 0);
    this.good = [isGoodEnd(setting, first)];
  }

  get size(): number {
    return this.parents.length;
  }

  /** @returns whether the state is new. */
  add(parent: number, state: ChainState, says: string, isWay: boolean): boolean {
    const name = digest(state);
    const known = this.numbers.get(name);
    const number = known ?? this.size;
    if (isWay) {
      this.ways.from.push(parent);
      this.ways.to.push(number);
    }
    if (known !== undefined) return false;
    this.numbers.set(name, number);
    this.parents.push(parent);
    this.said.push(says);
    this.good.push(isGoodEnd(this.setting, state));
    return true;
  }

  /** The first state from which no good end can be reached without a further fault; -1 when there is none. */
  deadEnd(): number {
    const before = this.parents.map((): number[] => []);
    for (const [index, to] of this.ways.to.entries()) before[to]?.push(this.ways.from[index] ?? 0);
    const ends = new Set(this.good.flatMap((isGood, at) => (isGood ? [at] : [])));
    for (const at of ends) for (const from of before[at] ?? []) ends.add(from);
    return this.parents.findIndex((_, at) => !ends.has(at));
  }

  /** What happened on the way to a state, one sentence each; ticks in a row are one. */
  trailTo(to: number): string[] {
    const trail: string[] = [];
    let ticks = 0;
    for (let at = to; at > 0; at = this.parents[at] ?? 0) {
      const says = this.said[at] ?? '';
      ticks = says === tickSays ? ticks + 1 : 0;
      if (ticks > 1) trail[0] = `${ticks} ticks pass`;
      else trail.unshift(says);
    }
    return trail;
  }
}

function digest(state: ChainState): string {
  return hash('sha1', nameOfChain(state), 'base64');
}
