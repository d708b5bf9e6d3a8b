import type { NotificationMessage, NotificationMessageKind, NotificationSeverity } from '@tributary/contracts';

/** Where the links of messages lead. */
export interface MessageLinks {
  /** Name of the installation, so that a receiver of several knows which it is. */
  readonly installation: string;
  /** Address of the console; undefined: messages have no link. */
  readonly console: string | undefined;
  /** Folder of docs/runbooks; undefined: a runbook is named by its path in the documentation. */
  readonly runbooks: string | undefined;
}

/** What a message is made of. Times are ms since 1970. */
export interface Told {
  readonly id: string;
  readonly kind: Exclude<NotificationMessageKind, 'test'>;
  readonly route: string;
  readonly now: number;
  readonly notification: {
    readonly id: string;
    readonly about: string;
    readonly target: string | null;
    readonly count: number;
    readonly since: number;
    readonly firedAt: number;
  };
  readonly condition: {
    readonly code: string;
    readonly severity: NotificationSeverity;
    readonly runbook: string;
    readonly page: string | null;
    readonly says: (about: string, count: number) => string;
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
const begins = { fired: '', reminder: 'Still: ', cleared: 'Over: ' } as const;

/** The message about a condition: neither amounts nor anything about a person. */
export function messageOf({ id, kind, route, now, notification, condition }: Told, links: MessageLinks): NotificationMessage {
  const { about, target, count, since, firedAt } = notification;
  return {
    ...{ schema: 'tributary.notification/1', id, kind, route, installation: links.installation, at: iso(now) },
    text: `${begins[kind]}${condition.says(about, count)}`,
    runbook: runbookAddress(condition.runbook, links),
    link: condition.page === null || links.console === undefined ? null : `${links.console}${condition.page}`,
    notification: {
      ...{
        id: notification.id,
        condition: condition.code,
        about: about === '' ? null : about,
        target,
        severity: condition.severity,
        count,
      },
      ...{ since: iso(since), firedAt: iso(firedAt), clearedAt: kind === 'cleared' ? iso(now) : null },
    },
  };
}

/** The message by which somebody tries a route. */
export function testMessage(id: string, route: string, now: number, links: MessageLinks): NotificationMessage {
  return {
    ...{ schema: 'tributary.notification/1', id, kind: 'test', route, installation: links.installation, at: iso(now) },
    text: `Somebody tries the route ${route}. Nothing is wrong.`,
    ...{ runbook: null, link: links.console ?? null, notification: null },
  };
}

/** Subject of a mail. */
export function subjectOf({ installation, kind, text, notification }: NotificationMessage): string {
  const what = kind === 'test' ? 'test' : kind === 'cleared' ? 'over' : (notification?.severity ?? 'warning');
  return `[${installation}] ${what}: ${text}`.replace(/\s+/g, ' ').slice(0, 200);
}

/** Text of a mail. */
export function mailText({ text, link, runbook, notification, at }: NotificationMessage): string {
  const since = notification ? [`Since ${notification.since}, told at ${at}.`] : [`Made at ${at}.`];
  return [
    ...[text, '', ...since],
    ...(link === null ? [] : [`Console: ${link}`]),
    ...(runbook === null ? [] : [`What to do: ${runbook}`]),
    ...(notification ? [`Acknowledge: tributary notifications acknowledge ${notification.id} --reason "..."`] : []),
    '',
  ].join('\n');
}

function runbookAddress(path: string, { runbooks }: MessageLinks): string {
  return runbooks === undefined ? path : `${runbooks}/${path.split('/').at(-1) ?? ''}`;
}
