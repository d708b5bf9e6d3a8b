import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { understand } from '#commands/command-line.mjs';
import { root } from '../contracts/workspace.js';
import { checkAssetsCommand } from './command.js';

/** The command on a copy of the shipped assets, with and without git. */
let folder: string;
let printed: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assets-'));
  cpSync(join(root, 'assets'), folder, { recursive: true });
  printed = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function check(...args: string[]): number {
  const understood = understand(['tributary', 'assets', 'check', ...args]);
  if (understood.kind !== 'run') throw new Error(JSON.stringify(understood));
  return checkAssetsCommand(understood, { INIT_CWD: folder }, (text) => printed.push(text));
}

function change(file: string, from: string, to: string): void {
  const text = readFileSync(join(folder, file), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(folder, file), text.replace(from, to));
}

const flow = 'shared/flows/payment-to-cash-receipt.yaml';
const git = (...args: string[]): unknown =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@example.test', ...args]);

it('ends with 0 for the shipped assets', () => {
  expect(check('.')).toBe(0);
  expect(printed).toEqual([expect.stringMatching(/^\d+ files: 0 errors, 0 warnings$/)]);
});

it('ends with 1 for an error, one line per cause with its place', () => {
  rmSync(join(folder, 'epicor-kinetic/mappings/customer.yaml'));
  expect(check('.')).toBe(1);
  expect(printed[0]?.split('\n')).toEqual([
    expect.stringMatching(
      /^error {3}shared\/flows\/customer-upsert\.yaml:\d+:\d+: expected a mapping with "document: customer".*\(also spoils shared\/flows\/payment-to-cash-receipt\.yaml:\d+:\d+\)$/,
    ),
    expect.stringContaining(': 1 error, 0 warnings'),
  ]);
});

it('warns of a changed posting key: compared with the folder given, the last commit, else the shipped assets', () => {
  change(flow, 'sourceId: event.chargeId', 'sourceId: event.paymentId');
  expect(check('.', '--against', join(root, 'assets'))).toBe(0);
  expect(printed[0]).toContain('sourceId was event.chargeId, is event.paymentId');
  expect(check('.')).toBe(0);
  expect(printed[1]).toContain('sourceId was event.chargeId, is event.paymentId');
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '-m', 'the key is this one');
  expect(check('.')).toBe(0);
  expect(printed[2]).toContain('0 warnings');
  change(flow, 'sourceId: event.paymentId', 'sourceId: event.chargeId');
  check('.');
  expect(printed[3]).toContain('sourceId was event.paymentId, is event.chargeId');
});

it('prints JSON for programs', () => {
  expect(check('.', '--json')).toBe(0);
  expect(JSON.parse(printed[0] ?? '')).toMatchObject({ folder, ok: true, findings: [] });
});

it('says what is wrong with a folder', () => {
  expect(() => check('nowhere')).toThrow(`there is no folder ${join(folder, 'nowhere')}`);
  expect(() => check('shared/flows/..', '--against', 'nowhere')).toThrow('there is no folder');
});
