import type { ReconShapes } from '../../api/documents.js';
import type { Sent } from '../../api/sent.js';
import { readCount, readerOf, readFlag, readList, readMaybe, readRecord, readText, readWord, readWords } from '../../recon/read-value.js';
import { readPage } from '../../recon/read.js';
import { order } from '../../shell/http.js';
import { usePageSize } from '../../shell/page-size.js';
import { queryClient, queryOf, reconChanged, useRead } from '../../shell/query.js';
import type { Answer } from '../../shell/query.js';

/** A page of notifications. `watching` false: no routes are configured, and nothing is watched. */
export type Notifications = ReturnType<typeof readNotifications>;
/** A condition that holds, or held. `page`: that of the console; null: there is none. */
export type Notification = ReturnType<typeof readNotification>;
/** A message to one route. */
export type Delivery = ReturnType<typeof readDelivery>;
/** Where messages go. */
export type NotificationRoute = ReturnType<typeof readRoute>;

/** Notifications, newest first. */
export function useNotifications(query: Readonly<Record<'state' | 'after' | 'before', string | null>>): Answer<Notifications> {
  return useRead('/api/notifications', { ...query, limit: String(usePageSize()) }, readNotifications);
}

/** Where messages go, and how that went. */
export function useNotificationRoutes(): Answer<readonly NotificationRoute[]> {
  return useRead('/api/notification-routes', {}, readNotificationRoutes);
}

/** Silences reminders until it is over. */
export async function acknowledge(id: string, reason: string): Promise<void> {
  await order('post', '/api/notifications/{id}/acknowledge', { id }, { reason });
  await reconChanged();
}

/** How long an attempt is waited for, and how often it is asked for, ms. */
const testWithinMs = 15_000;
const askEveryMs = 500;

/** Sends a test, and waits until the route took it or did not. */
export async function testRoute(name: string): Promise<void> {
  await order('post', '/api/notification-routes/{id}/test', { id: name }, undefined);
  const { queryKey, queryFn } = queryOf('/api/notification-routes', {});
  const until = Date.now() + testWithinMs;
  for (;;) {
    const routes = readNotificationRoutes(await queryClient.fetchQuery({ queryKey, queryFn }));
    const test = routes.find((route) => route.name === name)?.test;
    if (test?.state === 'sent') return;
    if (test?.problem) throw new Error(`${name} did not take the test: ${test.problem}`);
    if (Date.now() > until)
      throw new Error(`${name}: the test was not sent within ${testWithinMs / 1_000} seconds. It stays in the outbox.`);
    await new Promise((later) => setTimeout(later, askEveryMs));
  }
}

/** Reads a page of notifications, whatever it is. */
export function readNotifications(value: Sent<ReconShapes['NotificationsPage']>) {
  const { rows, ...neighbours } = readPage(value, 'notifications', readNotification);
  return { watching: readFlag(readRecord(value).watching), notifications: rows, ...neighbours };
}

/** Reads routes, whatever they are. */
export function readNotificationRoutes(value: Sent<ReconShapes['NotificationRoutesView']>): readonly NotificationRoute[] {
  return readList(readRecord(value).routes, readRoute);
}

const readDelivery = readerOf<ReconShapes['NotificationDeliveryView']>()({
  route: readWord,
  kind: readWord,
  state: readWord,
  endedAt: readText,
  problem: readText,
});

const readRoute = readerOf<ReconShapes['NotificationRouteView']>()({
  name: readWord,
  kind: readWord,
  to: readWord,
  severities: (value) => readWords(value).join(', '),
  sent: readCount,
  waiting: readCount,
  givenUp: readCount,
  lastSentAt: readText,
  problem: readText,
  test: (value) => readMaybe(value, readDelivery),
});

const readAcknowledged = readerOf<NonNullable<ReconShapes['NotificationView']['acknowledged']>>()({
  at: readText,
  by: readWord,
  reason: readWord,
});

const readNotification = readerOf<ReconShapes['NotificationView']>()({
  id: readWord,
  severity: readWord,
  state: readWord,
  text: readWord,
  firedAt: readText,
  clearedAt: readText,
  runbook: readWord,
  page: readText,
  acknowledged: (value) => readMaybe(value, readAcknowledged),
  deliveries: (value) => readList(value, readDelivery),
});
