#!/usr/bin/env node
import { answerWithoutRunning, understand } from '#commands/command-line.mjs';
import { changeAcls, printAcls } from '../acls/command.js';
import { showCalls } from '../calls/command.js';
import { databaseRoles } from '../database/command.js';
import { checkAssetsCommand } from '../assets/command.js';
import { listAudit } from '../audit/list-command.js';
import { customerCommands } from '../customers/commands.js';
import { root } from '../contracts/workspace.js';
import { eraseCustomer } from '../erase/command.js';
import { exportList } from '../export/command.js';
import { find } from '../find/command.js';
import { eventCommands } from '../events/command.js';
import { releaseGroups } from '../groups/commands.js';
import { run as deadLetters } from '../dlq/run.js';
import { processTerminal, showingControls } from '../dlq/terminal.js';
import { identityCommands } from '../identity/commands.js';
import { examineInstallation } from '../installation/command.js';
import { installationHere } from '../installation/here.js';
import { setLogLevel } from '../log-level/command.js';
import { notificationCommands } from '../notifications/command.js';
import { showPayment } from '../payment/command.js';
import { showBooks } from '../reads/books.js';
import { showFigures, showTotals } from '../reads/figures.js';
import { showPosting } from '../reads/posting.js';
import { showSettings } from '../reads/settings.js';
import { showToday } from '../reads/today.js';
import { rebuild } from '../rebuild/command.js';
import { targetCommands } from '../targets/pause-command.js';
import { runningState } from '../stack/run-file.js';
import { foldersOf } from '../stack/settings.js';
import { signInAtTarget } from '../targets/sign-in-command.js';

/**
 * `tributary dlq ...`: dead letters from the command line (docs/runbooks/dead-letters.md).
 * `tributary find ...`: anything by any of its ids (services/recon/README.md).
 * `tributary today`, `books`, `figures`, `totals`, `posting`, `settings`: what the console shows of them (docs/commands.md).
 * `tributary payment`, `calls`, `export`: one payment, what a ledger was sent for a posting, and whole lists as files (docs/commands.md).
 * `tributary groups ...`: releases of groups of documents (docs/runbooks/approvals.md).
 * `tributary targets ...`: pauses of targets (docs/runbooks/erp-away.md).
 * `tributary assets check`: flows, mappings, profiles and tables, checked (assets/README.md).
 * `tributary acls`: rights in Kafka for the users of an installation (docs/acls.md).
 * `tributary database roles`: rights in PostgreSQL for the services (docs/how-to/database-roles.md).
 * `tributary identity keys`, `token`, `sign-in`: who somebody is (docs/how-to/sign-in.md).
 * `tributary targets sign-in`: a person signs in at the issuer of a ledger (docs/how-to/sign-in-at-an-erp.md).
 * `tributary audit ...`: the audit trail (docs/runbooks/audit.md).
 * `tributary customers ...`: customers of Stripe and their ledger customers (docs/runbooks/held-postings.md).
 * `tributary notifications ...`: what operators are told of (docs/runbooks/notifications.md).
 * `tributary doctor`: whether an installation is as it should be (docs/runbooks/installation.md).
 * `tributary log-level`: the level of the log of a service, for a time (docs/runbooks/service-down.md).
 * `tributary events ...`: what is in the topics (docs/data/README.md).
 * `tributary erase ...`: personal data of one customer (docs/how-to/erase-a-customer.md).
 * `tributary rebuild ...`: derived state, made again (docs/runbooks/rebuild.md).
 */
async function main(args: readonly string[]): Promise<number> {
  const understood = understand(['tributary', ...args]);
  if (understood.kind !== 'run') return answerWithoutRunning(understood);
  const [, group, command] = understood.path;
  const env = {
    ...process.env,
    TRIBUTARY_RECON_URL: process.env.TRIBUTARY_RECON_URL ?? running('recon'),
    TRIBUTARY_ERP_SINK_URL: process.env.TRIBUTARY_ERP_SINK_URL ?? running('erp-sink'),
  };
  const aboutIdentity = identityCommands[group as string];
  if (aboutIdentity) return aboutIdentity(understood, process.env, { out: console.log, error: console.error });
  if (group === 'targets' && command === 'sign-in')
    return signInAtTarget(understood, process.env, { out: console.log, error: console.error });
  if (group === 'acls' && understood.values.apply) return changeAcls(understood, process.env, showingControls(processTerminal()));
  if (group === 'acls') return printAcls(understood, { out: console.log, error: console.error });
  if (group === 'database') return databaseRoles(understood, process.env, { out: console.log, error: console.error });
  if (group === 'assets') return checkAssetsCommand(understood, process.env);
  if (group === 'rebuild' || (group === 'audit' && command === 'verify')) return rebuild(understood, process.env);
  if (group === 'audit') return listAudit(understood, env, processTerminal());
  if (group === 'customers') return customerCommands(understood, env, processTerminal());
  if (group === 'find') return find(understood, env, processTerminal());
  const reading = readings[group as string];
  if (reading) return reading(understood, env, processTerminal());
  if (group === 'export') return exportList(understood, env, processTerminal());
  if (group === 'notifications') return notificationCommands(understood, env, processTerminal());
  if (group === 'log-level') return setLogLevel(understood, process.env, { running, terminal: processTerminal() });
  if (group === 'doctor') {
    const { installation, variables } = installationHere(process.env);
    const env = { ...variables, ...process.env };
    // A check that was given up may still hold a connection open, which would keep the process.
    process.exit(await examineInstallation(understood, env, { here: installation, terminal: processTerminal() }));
  }
  if (group === 'events') return eventCommands(understood, env, processTerminal());
  if (group === 'erase') {
    const sinks = process.env.TRIBUTARY_ERP_SINK_URL?.split(',') ?? sinksHere();
    const recon = env.TRIBUTARY_RECON_URL ?? 'http://127.0.0.1:4040';
    return eraseCustomer(understood, env, { running: { recon, sinks }, terminal: processTerminal() });
  }
  if (group === 'targets') return targetCommands(understood, env, processTerminal());
  if (group === 'groups') return releaseGroups(understood, env, processTerminal());
  return deadLetters(args, env, processTerminal());
}

/** Commands that read one answer of a service and print it. */
const readings: Readonly<Record<string, typeof showPayment>> = {
  ...{ today: showToday, books: showBooks, figures: showFigures, totals: showTotals, payment: showPayment },
  ...{ posting: showPosting, calls: showCalls, settings: showSettings },
};

/** The erp-sinks of the stack on this machine, else where one is by default. */
function sinksHere(): string[] {
  const found = [running('erp-sink'), running('erp-sink-stripe')].flatMap((url) => url ?? []);
  return found.length === 0 ? ['http://127.0.0.1:4030'] : found;
}

/** A service of the stack that runs on this machine. */
function running(service: string): string | undefined {
  const port = runningState(foldersOf(root, process.env).run)?.ports[service];
  return port === undefined ? undefined : `http://127.0.0.1:${port}`;
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
