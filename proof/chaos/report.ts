import { recordedCampaigns } from './results.js';
import type { CampaignResult, RoundResult } from './results.js';

/**
 * Report of the recorded campaigns as Markdown. It is made from `results/campaign-*.json` only, so the same results give the same text.
 */
export function report(campaigns: readonly CampaignResult[] = recordedCampaigns()): string {
  if (campaigns.length === 0) return 'No campaign is recorded. Run `npm run chaos -- --rounds 100 --seed 1 --record`.\n';
  const rounds = campaigns.flatMap((campaign) => campaign.rounds);
  return [
    `${rounds.length} rounds recorded, ${rounds.filter(failed).length} of them with a violation.`,
    '',
    table(
      [
        'seed',
        'brokers',
        'commit',
        'date',
        'machine',
        'rounds',
        'failed',
        'events accepted',
        'payments',
        'for people',
        'p50 s',
        'longest s',
      ],
      campaigns.map(campaignRow),
    ),
    '',
    'What was done to whom, and how often:',
    '',
    treatments(rounds),
    '',
    'What became of the events, over all rounds:',
    '',
    ends(rounds),
    ...failures(campaigns),
    ...people(campaigns),
  ].join('\n');
}

const failed = (round: RoundResult): boolean => round.violations.length > 0;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

function campaignRow(campaign: CampaignResult): string[] {
  const { seed, brokers, commit, date, machine, rounds } = campaign;
  const seconds = rounds.map(({ durationMs }) => Math.round(durationMs / 1_000)).sort((one, other) => one - other);
  return [
    String(seed),
    String(brokers),
    commit,
    date,
    machine,
    String(rounds.length),
    String(rounds.filter(failed).length),
    String(sum(rounds.map(({ answered }) => answered))),
    String(sum(rounds.map(({ payments }) => payments))),
    String(sum(rounds.map(({ toPeople }) => toPeople.length))),
    String(seconds[Math.floor(seconds.length / 2)] ?? 0),
    String(seconds.at(-1) ?? 0),
  ];
}

function treatments(rounds: readonly RoundResult[]): string {
  const counted = new Map<string, { kill: number; freeze: number; restart: number; ownEnds: number }>();
  const of = (victim: string): { kill: number; freeze: number; restart: number; ownEnds: number } => {
    const found = counted.get(victim) ?? { kill: 0, freeze: 0, restart: 0, ownEnds: 0 };
    counted.set(victim, found);
    return found;
  };
  for (const { plan, ownEnds } of rounds) {
    for (const { victim, treatment } of plan) of(victim)[treatment] += 1;
    for (const { part } of ownEnds) of(part).ownEnds += 1;
  }
  return table(
    ['part', 'kill -9', 'frozen', 'restarted', 'ended by itself, started again'],
    [...counted]
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([victim, { kill, freeze, restart, ownEnds }]) => [victim, String(kill), String(freeze), String(restart), String(ownEnds)]),
  );
}

function ends(rounds: readonly RoundResult[]): string {
  const names = ['posted', 'ignored', 'held', 'deadLettered', 'inFlight'];
  return table(names, [names.map((name) => String(sum(rounds.map((round) => round.ends[name] ?? 0))))]);
}

function failures(campaigns: readonly CampaignResult[]): string[] {
  const rows = campaigns.flatMap(({ seed, brokers, rounds }) =>
    rounds.filter(failed).map(({ round, violations }) => {
      const [first] = violations;
      return [
        `--seed ${seed} --round ${round} --brokers ${brokers}`,
        String(violations.length),
        `${first?.fault} ${first?.id}: ${first?.text}`,
      ];
    }),
  );
  return rows.length === 0 ? [] : ['', 'Rounds that failed:', '', table(['replay', 'violations', 'the first one'], rows)];
}

function people(campaigns: readonly CampaignResult[]): string[] {
  const counted = new Map<string, number>();
  for (const { state, reason } of campaigns.flatMap(({ rounds }) => rounds.flatMap(({ toPeople }) => toPeople))) {
    const why = `${state}: ${reason ?? 'no reason'}`;
    counted.set(why, (counted.get(why) ?? 0) + 1);
  }
  if (counted.size === 0) return [''];
  const rows = [...counted].sort(([one], [other]) => one.localeCompare(other)).map(([why, count]) => [why, String(count)]);
  return [
    '',
    'Left to a person (no loss; the poisoned payment of each round is not counted here):',
    '',
    table(['end', 'events'], rows),
    '',
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}
