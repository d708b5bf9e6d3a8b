import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { EventTotals } from '@tributary/contracts';
import { workspaceRoot } from '@tributary/local-stack';
import type { Verdict, Violation } from './check.js';
import type { Act } from './plan.js';

/** Recorded result of one round. */
export interface RoundResult {
  readonly round: number;
  readonly plan: readonly Act[];
  readonly events: number;
  readonly deliveries: number;
  /** Deliveries that were answered 200, and attempts that were not. */
  readonly answered: number;
  readonly failedAttempts: number;
  readonly payments: number;
  /** Number of this round's events by final state. */
  readonly ends: Readonly<Record<string, number>>;
  /** recon's sums since the start of the system. */
  readonly counts: EventTotals;
  readonly violations: readonly Violation[];
  readonly toPeople: Verdict['toPeople'];
  /** Processes that exited without being told to. */
  readonly ownEnds: readonly { readonly part: string; readonly code: number | null; readonly signal: string | null }[];
  readonly unreadCommits: number;
  readonly settledAfterMs: number;
  readonly durationMs: number;
}

/** Recorded result of a campaign: rounds on one system. */
export interface CampaignResult {
  readonly seed: number;
  readonly brokers: number;
  readonly commit: string;
  readonly date: string;
  /** Cores and Node version, nothing that names the machine. */
  readonly machine: string;
  readonly rounds: readonly RoundResult[];
}

/** Folder of recorded results. */
export const resultsFolder: string = join(workspaceRoot, 'proof', 'chaos', 'results');

/** An empty campaign of today's commit and this machine. */
export function newCampaign(seed: number, brokers: number): CampaignResult {
  return {
    seed,
    brokers,
    commit: process.env.TRIBUTARY_COMMIT ?? currentCommit(),
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} cores, Node ${process.versions.node}`,
    rounds: [],
  };
}

/** Writes the file atomically: a campaign that is killed leaves its last complete round. */
export function writeCampaign(file: string, campaign: CampaignResult): void {
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(`${file}.next`, `${JSON.stringify(campaign, undefined, 1)}\n`);
  renameSync(`${file}.next`, file);
}

/** Recorded campaigns, without quick ones, in the order of their file names. */
export function recordedCampaigns(folder = resultsFolder): CampaignResult[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith('campaign-') && name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as CampaignResult);
}

function currentCommit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: workspaceRoot, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
