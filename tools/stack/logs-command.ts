import { understand } from '#commands/command-line.mjs';
import { didYouMean } from '#commands/did-you-mean.mjs';
import { askJson } from './http-probe.js';
import { followLogs, partsWithLog, readLogs } from './logs.js';
import { paymentIdsIn } from './payment-ids.js';
import { runningState } from './run-file.js';
import type { Folders } from './settings.js';

/** Lines of each part that `logs` shows by default. */
const shownLines = 200;

/** `npm run logs [<part>] [--follow] [--pretty] [--payment <id>] [--lines N]`. */
export async function logs(given: readonly string[], folders: Folders): Promise<number> {
  const understood = understand(['logs', ...given]);
  if (understood.kind !== 'run') return 2;
  const names = partsWithLog(folders.logs);
  const [part] = understood.arguments;
  if (names.length === 0) {
    console.error('There are no logs: nothing has run yet. Start the stack with `npm start`.');
    return 1;
  }
  if (part !== undefined && !names.includes(part)) {
    console.error(unknownPart('logs', part, names));
    return 1;
  }
  const { values } = understood;
  const payment = values.payment?.at(-1) as string | undefined;
  const lines = values.lines === undefined ? (payment === undefined ? shownLines : undefined) : Number(values.lines.at(-1));
  const alsoKnownAs = payment === undefined ? [] : await idsKnownToRecon(payment, folders.run);
  const query = { parts: part === undefined ? [] : [part], pretty: values.pretty !== undefined, payment, alsoKnownAs, lines };
  const found = readLogs(folders.logs, query);
  if (found.length > 0) console.log(found.join('\n'));
  if (values.follow === undefined) {
    if (found.length === 0 && payment !== undefined) console.error(`No line of ${part ?? names.join(', ')} names ${payment}.`);
    return 0;
  }
  const end = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end.abort());
  await followLogs(folders.logs, query, (line) => console.log(line), end.signal);
  return 0;
}

/** All ids of a payment that the running recon knows; none when it does not answer. */
async function idsKnownToRecon(id: string, runFolder: string): Promise<string[]> {
  const state = runningState(runFolder);
  if (!state) return [];
  const recon = `http://127.0.0.1:${state.ports.recon}`;
  const trace =
    (await askJson<object>(`${recon}/payments/${encodeURIComponent(id)}`)) ??
    (await askJson<object>(`${recon}/events/${encodeURIComponent(id)}`));
  return trace === undefined ? [] : [...new Set(paymentIdsIn(JSON.stringify(trace), undefined))];
}

/** The error for a part that does not exist, with the nearest name and all names. @param where the command line that named it. */
export function unknownPart(where: string, name: string, names: readonly string[]): string {
  return `${where}: there is no part "${name}".${didYouMean(name, names)} There are: ${names.join(', ')}.`;
}
