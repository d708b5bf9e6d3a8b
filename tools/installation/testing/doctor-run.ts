import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { understand } from '#commands/command-line.mjs';
import { exportsOf } from '../../database/testing/service-work.js';
import { examineInstallation } from '../command.js';
import { checkWithinMs } from '../examination.js';
import type { CheckLimits } from '../examination.js';
import type { InstallationFinding } from '@tributary/platform';

/** How the doctor is called. */
export interface Examination {
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly now?: () => number;
  /** Longest times of checks, ms, where they are not as they are. */
  readonly limits?: Partial<CheckLimits>;
}

/** What it answered. */
export interface Examined {
  readonly code: number;
  readonly findings: readonly InstallationFinding[];
  readonly codes: readonly string[];
  /** All it wrote. */
  readonly text: string;
}

/** Runs `tributary doctor --json`, with the sources of services in place of what is built of them. */
export async function examine({ args = [], env = {}, now, limits }: Examination): Promise<Examined> {
  const understood = understand(['tributary', 'doctor', '--json', ...args]);
  if (understood.kind !== 'run') throw new Error(`not understood: ${JSON.stringify(understood)}`);
  const lines: string[] = [];
  const write = (text: string): void => void lines.push(text);
  const code = await examineInstallation(understood, env, {
    here: { services: new Map(), targets: [] },
    terminal: { isTty: false, out: write, progress: write, error: write, confirm: () => Promise.resolve(false) },
    load: (service, file) => exportsOf(`${service}/src/${file}.ts`),
    ...(now === undefined ? {} : { now }),
    limits: { ...checkWithinMs, ...limits },
  });
  const text = lines.join('\n');
  const findings = JSON.parse(text) as InstallationFinding[];
  return { code, findings, codes: findings.map((finding) => `${finding.code} ${finding.about}`), text };
}

/** A fault that is made in the installation itself, and mended. */
export interface Change {
  make(): Promise<unknown>;
  undo(): Promise<unknown>;
}

/**
 * Sees a finding by its fault, and not without it. codes.spec.ts looks for a call of this for every code.
 * @param about what it is about.
 * @param change makes the fault before the first look, and mends it before the second.
 * @returns the finding.
 */
export async function fault(
  code: string,
  about: string,
  broken: Examination,
  whole: Examination,
  change?: Change,
): Promise<InstallationFinding> {
  await change?.make();
  const red = await examine(broken).finally(() => change?.undo());
  const green = await examine(whole);
  expect(red.findings).toContainEqual(expect.objectContaining({ code, about }));
  expect(green.findings).not.toContainEqual(expect.objectContaining({ code, about }));
  const finding = red.findings.find((one) => one.code === code && one.about === about) as InstallationFinding;
  expect(red.code).toBe(red.findings.some(({ level }) => level === 'missing') ? 1 : 0);
  return finding;
}

/** A host that takes connections and never says anything. */
export async function silentHost(): Promise<{ readonly address: string; close(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => void sockets.add(socket.on('error', () => undefined)));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** Faults take some seconds each: clients wait and ask again. */
export const faultWithinMs = 120_000;
