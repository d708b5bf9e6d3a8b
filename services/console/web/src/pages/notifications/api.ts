import { addressPart } from '../../format/text.js';
import { readCount, readList, readRecord, readText } from '../../recon/read-value.js';
import { readPage } from '../../recon/read.js';
import { hrefOf } from '../../shell/address.js';
import { postJson } from '../../shell/http.js';
import { queryClient, reconKey, useRecon } from '../../shell/query.js';
import type { Answer } from '../../shell/query.js';

/** A message to one route. */
export interface Delivery {
  readonly route: string;
  readonly kind: string;
  readonly state: string;
  readonly endedAt: string | null;
  readonly problem: string | null;
}

/** A condition that holds, or held. */
export interface Notification {
  readonly id: string;
  readonly severity: string;
  readonly state: string;
  readonly text: string;
  readonly firedAt: string | null;
  readonly clearedAt: string | null;
  readonly acknowledged: { readonly at: string | null; readonly by: string; readonly reason: string } | null;
  readonly runbook: string;
  /** Page of the console; null: there is none. */
  readonly page: string | null;
  readonly deliveries: readonly Delivery[];
}

/** A page of notifications. */
export interface Notifications {
  /** False: no routes are configured, and nothing is watched. */
  readonly watching: boolean;
  readonly notifications: readonly Notification[];
  readonly next: string | null;
  readonly previous: string | null;
}

/** Where messages go. */
export interface NotificationRoute {
  readonly name: string;
  readonly kind: string;
  readonly severities: string;
  readonly to: string;
  readonly sent: number | null;
  readonly waiting: number | null;
  readonly givenUp: number | null;
  readonly lastSentAt: string | null;
  readonly problem: string | null;
  readonly test: Delivery | null;
}

const routesPath = '/notification-routes';

/** Notifications, newest first. */
export function useNotifications(query: Readonly<Record<'state' | 'after' | 'before', string | null>>): Answer<Notifications> {
  return useRecon(hrefOf('/notifications', query), readNotifications);
}

/** Where messages go, and how that went. */
export function useNotificationRoutes(): Answer<readonly NotificationRoute[]> {
  return useRecon(routesPath, readNotificationRoutes);
}

/** Silences reminders until it is over. */
export async function acknowledge(id: string, reason: string): Promise<void> {
  await postJson(`/notifications/${addressPart(id)}/acknowledge`, { reason });
  await queryClient.invalidateQueries({ queryKey: [reconKey] });
}

/** How long an attempt is waited for, and how often it is asked for, ms. */
const testWithinMs = 15_000;
const askEveryMs = 500;

/** Sends a test, and waits until the route took it or did not. */
export async function testRoute(name: string): Promise<void> {
  await postJson(`${routesPath}/${addressPart(name)}/test`, {});
  const until = Date.now() + testWithinMs;
  for (;;) {
    await queryClient.refetchQueries({ queryKey: [reconKey, routesPath] });
    const test = readNotificationRoutes(queryClient.getQueryData([reconKey, routesPath])).find((route) => route.name === name)?.test;
    if (test?.state === 'sent') return;
    if (test?.problem) throw new Error(`${name} did not take the test: ${test.problem}`);
    if (Date.now() > until)
      throw new Error(`${name}: the test was not sent within ${testWithinMs / 1_000} seconds. It stays in the outbox.`);
    await new Promise((later) => setTimeout(later, askEveryMs));
  }
}

/** Reads a page of notifications, whatever it is. */
export function readNotifications(value: unknown): Notifications {
  const { watching } = readRecord(value);
  const { rows, ...neighbours } = readPage(value, 'notifications', readNotification);
  return { watching: watching === true, notifications: rows, ...neighbours };
}

/** Reads routes, whatever they are. */
export function readNotificationRoutes(value: unknown): readonly NotificationRoute[] {
  return readList(readRecord(value).routes, (route) => {
    const { name, kind, severities, to, sent, waiting, givenUp, lastSentAt, problem, test } = readRecord(route);
    return {
      ...{ name: readText(name) ?? '', kind: readText(kind) ?? '', to: readText(to) ?? '' },
      severities: readList(severities, (severity) => readText(severity) ?? '').join(', '),
      ...{ sent: readCount(sent), waiting: readCount(waiting), givenUp: readCount(givenUp) },
      ...{ lastSentAt: readText(lastSentAt), problem: readText(problem), test: test ? readDelivery(test) : null },
    };
  });
}

function readNotification(value: unknown): Notification {
  const { id, severity, state, text, firedAt, clearedAt, acknowledged, runbook, page, deliveries } = readRecord(value);
  const { at, by, reason } = readRecord(acknowledged);
  return {
    ...{ id: readText(id) ?? '', severity: readText(severity) ?? '', state: readText(state) ?? '', text: readText(text) ?? '' },
    ...{ firedAt: readText(firedAt), clearedAt: readText(clearedAt), runbook: readText(runbook) ?? '', page: readText(page) },
    acknowledged: acknowledged ? { at: readText(at), by: readText(by) ?? '', reason: readText(reason) ?? '' } : null,
    deliveries: readList(deliveries, readDelivery),
  };
}

function readDelivery(value: unknown): Delivery {
  const { route, kind, state, endedAt, problem } = readRecord(value);
  return {
    ...{ route: readText(route) ?? '', kind: readText(kind) ?? '', state: readText(state) ?? '' },
    ...{ endedAt: readText(endedAt), problem: readText(problem) },
  };
}
