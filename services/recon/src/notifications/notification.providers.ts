import type { Provider } from '@nestjs/common';
import { AuditChainWatch } from '../audit/emit/audit-chain-watch.js';
import type { ReconConfig } from '../recon.config.js';
import { NotificationDeeds } from './emit/notification-deeds.js';
import { NotificationReadings } from './emit/notification-readings.js';
import { NotificationSenderWorker } from './emit/notification-sender.worker.js';
import { NOTIFICATION_SETTINGS, readNotificationSettings } from './emit/notification-settings.js';
import { NotificationWatchWorker } from './emit/notification-watch.worker.js';
import { NotificationReader } from './emit/notification.reader.js';
import { NotificationStore } from './emit/notification.store.js';

/** What watches conditions and tells of them. @throws {ConfigurationError} for a file of routes with a mistake. */
export function notificationProviders({ RECON_NOTIFICATIONS_FILE: path }: ReconConfig): Provider[] {
  return [
    { provide: NOTIFICATION_SETTINGS, useValue: readNotificationSettings(path) },
    ...[AuditChainWatch, NotificationReadings, NotificationStore, NotificationWatchWorker, NotificationSenderWorker],
    ...[NotificationReader, NotificationDeeds],
  ];
}
