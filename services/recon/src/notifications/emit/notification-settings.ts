import { readFileSync } from 'node:fs';
import { ConfigurationError } from '@tributary/platform';
import type { NotificationPolicy } from '../decide/advance.js';
import type { Condition } from '../decide/conditions.js';
import type { MessageLinks } from '../decide/message.js';
import { conditionsOf, notificationFile } from '../decide/notification-file.js';
import type { NotificationFile, RouteOfFile } from '../decide/notification-file.js';
import { mailRoute } from './mail-route.js';
import type { NotificationRoute } from './notification-route.js';
import { webhookRoute } from './webhook-route.js';

/** Injection token: {@link NotificationSettings}; undefined: no file is configured, and nothing is watched. */
export const NOTIFICATION_SETTINGS = Symbol('NOTIFICATION_SETTINGS');

/** What watching and sending go by. */
export interface NotificationSettings {
  readonly routes: readonly NotificationRoute[];
  readonly conditions: readonly Condition[];
  readonly policy: NotificationPolicy;
  readonly links: MessageLinks;
  /** How often conditions are looked at, ms. */
  readonly watchEveryMs: number;
  /** Waits after each failed attempt, ms; after the last one there is no other. */
  readonly attemptsAfterMs: readonly number[];
}

const second = 1_000;
const minute = 60 * second;
const defaults = {
  watchEveryMs: 30 * second,
  /** Nine more attempts within about 15 hours. */
  attemptsAfterMs: [10 * second, 30 * second, 2 * minute, 5 * minute, 15 * minute, 60 * minute, 120 * minute, 240 * minute, 480 * minute],
} as const;
const clearAfterMs = 2 * minute;

/**
 * Reads RECON_NOTIFICATIONS_FILE, and the secrets that it names.
 * @throws {ConfigurationError} naming everything that is wrong, with its path in the file.
 */
export function readNotificationSettings(path: string | undefined): NotificationSettings | undefined {
  if (path === undefined) return undefined;
  const file = parsed(path);
  const problems: string[] = [];
  const routes = file.routes.flatMap((route) => {
    try {
      return [routeOf(route)];
    } catch (error) {
      problems.push(`${path}: route ${route.name}: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    }
  });
  if (problems.length > 0) throw new ConfigurationError(problems);
  const { critical, warning } = file.remindAfterMinutes;
  return {
    ...defaults,
    routes,
    conditions: conditionsOf(file),
    policy: { clearAfterMs, remindAfterMs: { critical: critical * minute, warning: warning * minute } },
    links: { installation: file.installation, console: file.console, runbooks: file.runbooks },
  };
}

function routeOf(route: RouteOfFile): NotificationRoute {
  return route.kind === 'webhook' ? webhookRoute(route) : mailRoute(route);
}

function parsed(path: string): NotificationFile {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    // The message of JSON.parse repeats a piece of the file.
    const why = error instanceof SyntaxError ? 'it is not JSON' : ((error as NodeJS.ErrnoException).code ?? 'it cannot be read');
    throw new ConfigurationError([`RECON_NOTIFICATIONS_FILE: ${path}: ${why}`]);
  }
  const read = notificationFile.safeParse(value);
  if (read.success) return read.data;
  throw new ConfigurationError(read.error.issues.map((issue) => `${path}: ${issue.path.join('.') || 'the file'}: ${issue.message}`));
}
