import { setTimeout as wait } from 'node:timers/promises';
import type { NotificationRoutesView, NotificationRouteView, NotificationsPage, NotificationView } from '@tributary/contracts';
import type { Understood } from '#commands/command-line.mjs';
import { allVisible } from '../dlq/all-visible.js';
import { apiAt, ApiError } from '../dlq/api.js';
import type { Ask } from '../dlq/api.js';
import { table } from '../dlq/render-letters.js';
import { showingControls } from '../dlq/terminal.js';
import type { Terminal } from '../dlq/terminal.js';

/** How long a test is waited for, ms: longer than one attempt. */
const testWithinMs = 20_000;

/** What a command prints, and whether that is success. */
interface Result {
  readonly json: unknown;
  readonly text: string;
  readonly failed?: boolean;
}

/** `tributary notifications list | acknowledge | routes | test`. @returns the exit code that the help lists. */
export async function notificationCommands(
  { path, values, arguments: names }: Extract<Understood, { kind: 'run' }>,
  env: NodeJS.ProcessEnv,
  given: Terminal,
): Promise<number> {
  const terminal = showingControls(given);
  const option = (name: string): string | undefined => values[name]?.at(-1)?.toString();
  const what = path.at(-1);
  const reason = option('reason');
  if (what === 'acknowledge' && !reason) {
    terminal.error('Why? Give --reason "...": it is shown to everybody who looks at the notification.');
    return 2;
  }
  const ask = apiAt((option('url') ?? env.TRIBUTARY_RECON_URL ?? 'http://127.0.0.1:4040').replace(/\/+$/, ''), env);
  const name = encodeURIComponent(names[0] ?? '');
  const query = new URLSearchParams(['state', 'limit'].flatMap((key) => (option(key) === undefined ? [] : [[key, option(key) ?? '']])));
  const commands: Readonly<Record<string, () => Promise<Result>>> = {
    list: async () => listed(await ask<NotificationsPage>('GET', `/notifications?${query.toString()}`)),
    acknowledge: async () => {
      const one = await ask<NotificationView>('POST', `/notifications/${name}/acknowledge`, { reason });
      return { json: one, text: notificationTable([one]) };
    },
    routes: async () => routed((await ask<NotificationRoutesView>('GET', '/notification-routes')).routes),
    test: async () => tested(ask, name),
  };
  try {
    const { json, text, failed = false } = await (commands[what ?? ''] ?? expectNone)();
    terminal.out(values.json === undefined ? text : JSON.stringify(json));
    return failed ? 1 : 0;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    terminal.error(`${error.code}: ${error.message}`);
    return error.code === 'unreachable' ? 3 : 1;
  }
}

const expectNone = (): Promise<Result> => Promise.reject(new ApiError('command.unknown', 'There is no such command.'));

/** Orders a test and waits until the route took it, or an attempt failed. */
async function tested(ask: Ask, name: string): Promise<Result> {
  const ordered = await ask<NotificationRouteView>('POST', `/notification-routes/${name}/test`, {});
  const until = Date.now() + testWithinMs;
  for (;;) {
    const { routes } = await ask<NotificationRoutesView>('GET', '/notification-routes');
    const test = routes.find((route) => route.name === ordered.name)?.test;
    if (test?.state === 'sent') return { json: test, text: `${ordered.name} took the test: ${ordered.to}` };
    const failed = test?.problem ?? (Date.now() > until ? `it was not sent within ${testWithinMs / 1_000} s` : undefined);
    if (failed !== undefined) return { json: test, text: `${ordered.name} did not take the test: ${allVisible(failed)}`, failed: true };
    await wait(300);
  }
}

function listed(page: NotificationsPage): Result {
  const { watching, notifications, next } = page;
  if (!watching)
    return { json: page, text: 'Nothing is watched: RECON_NOTIFICATIONS_FILE of recon is not set (docs/how-to/notifications.md).' };
  if (notifications.length === 0) return { json: page, text: 'Nothing was told.' };
  return { json: page, text: notificationTable(notifications) + (next === null ? '' : '\nThere are more: raise --limit.') };
}

function notificationTable(notifications: readonly NotificationView[]): string {
  return table(
    ['ID', 'STATE', 'SEVERITY', 'TOLD', 'WHAT', 'ACKNOWLEDGED', 'MESSAGES'],
    allVisible(notifications).map(({ id, state, severity, firedAt, text, acknowledged, deliveries }) => [
      ...[id, state, severity, firedAt, text, acknowledged ? `${acknowledged.by}: ${acknowledged.reason}` : ''],
      deliveries.map((one) => `${one.route} ${one.kind} ${one.state}`).join(', '),
    ]),
  );
}

function routed(routes: readonly NotificationRouteView[]): Result {
  if (routes.length === 0) return { json: { routes }, text: 'There is no route: RECON_NOTIFICATIONS_FILE of recon names them.' };
  const rows = allVisible(routes).map(({ name, kind, severities, to, waiting, sent, givenUp, problem }) => [
    ...[name, kind, to, severities.join(' '), String(sent), String(waiting), String(givenUp), problem ?? ''],
  ]);
  return { json: { routes }, text: table(['ROUTE', 'KIND', 'TO', 'SEVERITIES', 'SENT', 'WAITING', 'GIVEN UP', 'PROBLEM'], rows) };
}
