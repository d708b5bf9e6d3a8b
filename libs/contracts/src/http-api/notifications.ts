/** How urgent a condition is: the severities of the alerts for Prometheus. */
export type NotificationSeverity = 'critical' | 'warning';

/** What a message is about: a condition began, lasts, or ended; or somebody tries a route. */
export type NotificationMessageKind = 'fired' | 'reminder' | 'cleared' | 'test';

/** One message to one route, as it went out or will. */
export interface NotificationDeliveryView {
  readonly route: string;
  readonly kind: NotificationMessageKind;
  /** `given-up`: every attempt failed, and no other follows. */
  readonly state: 'waiting' | 'sent' | 'given-up';
  readonly attempts: number;
  readonly createdAt: string;
  /** When it was sent or given up; null while it waits. */
  readonly endedAt: string | null;
  /** When the next attempt is made; null when none is. */
  readonly nextAt: string | null;
  /** Why the last attempt failed; null when none did. */
  readonly problem: string | null;
}

/** One condition that holds, or held. */
export interface NotificationView {
  readonly id: string;
  /** Code of the condition, as docs/how-to/notifications.md lists them. */
  readonly condition: string;
  /** What it is about among others of its condition: a cause, a target, a currency; null: there is one only. */
  readonly about: string | null;
  readonly target: string | null;
  readonly severity: NotificationSeverity;
  readonly state: 'firing' | 'acknowledged' | 'cleared';
  /** One sentence, without amounts and without anything about a person. */
  readonly text: string;
  readonly count: number;
  /** Since when it holds; ISO 8601. */
  readonly since: string;
  readonly firedAt: string;
  readonly clearedAt: string | null;
  readonly remindedAt: string | null;
  readonly acknowledged: { readonly at: string; readonly by: string; readonly reason: string } | null;
  /** What to do: a page of the documentation. */
  readonly runbook: string;
  /** Page of the console that lists what is counted; null: there is none. */
  readonly page: string | null;
  /** Newest messages about it, newest first. */
  readonly deliveries: readonly NotificationDeliveryView[];
}

/** Answer of `GET /notifications`, newest first. */
export interface NotificationsPage {
  /** False: no routes are configured, and nothing is watched. */
  readonly watching: boolean;
  readonly notifications: readonly NotificationView[];
  readonly next: string | null;
  /** Cursor of the page before; null on the first one. */
  readonly previous: string | null;
}

/** Where messages go. Secrets, and the path of an address, which may hold one, are not shown. */
export interface NotificationRouteView {
  readonly name: string;
  readonly kind: 'webhook' | 'mail';
  readonly severities: readonly NotificationSeverity[];
  /** Origin of a webhook, or the mail addresses. */
  readonly to: string;
  readonly waiting: number;
  readonly sent: number;
  readonly givenUp: number;
  readonly lastSentAt: string | null;
  /** Why the last attempt that failed did, when none succeeded since. */
  readonly problem: string | null;
  /** The last test of the route; null: there was none. */
  readonly test: NotificationDeliveryView | null;
}

/** Answer of `GET /notification-routes`. */
export interface NotificationRoutesView {
  readonly routes: readonly NotificationRouteView[];
}

/** Body of a webhook; docs/reference/notification.schema.json says it as JSON Schema. New fields may be added. */
export interface NotificationMessage {
  readonly schema: 'tributary.notification/1';
  /** Id of the message: the same at each attempt, so that a receiver knows one that it has. */
  readonly id: string;
  readonly kind: NotificationMessageKind;
  readonly route: string;
  /** Name of the installation. */
  readonly installation: string;
  /** When the message was made; ISO 8601. */
  readonly at: string;
  /** One sentence for people. */
  readonly text: string;
  /** Address of the runbook. */
  readonly runbook: string | null;
  /** Address of a page of the console; null where none is configured. */
  readonly link: string | null;
  /** Null in a test. */
  readonly notification: {
    readonly id: string;
    readonly condition: string;
    readonly about: string | null;
    readonly target: string | null;
    readonly severity: NotificationSeverity;
    readonly count: number;
    readonly since: string;
    readonly firedAt: string;
    readonly clearedAt: string | null;
  } | null;
}
