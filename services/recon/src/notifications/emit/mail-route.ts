import { readFileSync } from 'node:fs';
import { secretSource } from '@tributary/platform';
import { createTransport } from 'nodemailer';
import { mailText, subjectOf } from '../decide/message.js';
import type { MailOfFile } from '../decide/notification-file.js';
import type { NotificationRoute, Sent } from './notification-route.js';

/** Longest time for each of: to connect, for the greeting, without a word of the server, ms. */
const withinMs = 10_000;

/**
 * Sends messages by SMTP: over TLS, whose certificate is verified, unless the server is on this machine.
 * @throws {Error} naming a file that cannot be used.
 */
export function mailRoute(route: MailOfFile): NotificationRoute {
  const { name, severities, to, from, host, port, tls, user, passwordFile, caFile } = route;
  const password = passwordFile === undefined ? undefined : secretSource('password', { file: passwordFile });
  const ca = caFile === undefined ? undefined : readFileSync(caFile, 'utf8');
  return {
    ...{ name, kind: 'mail', severities, to: to.join(', ') },
    send: async (message): Promise<Sent> => {
      // A connection for each message: they are few, and a changed password counts for the next one.
      const transport = createTransport({
        ...{ host, port, secure: tls === 'implicit', requireTLS: tls === 'starttls', ignoreTLS: tls === 'none' },
        ...{ connectionTimeout: withinMs, greetingTimeout: withinMs, socketTimeout: withinMs },
        ...{ disableFileAccess: true, disableUrlAccess: true },
        tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
        ...(user === undefined || password === undefined ? {} : { auth: { user, pass: password() } }),
      });
      try {
        await transport.sendMail({
          ...{ from, to, subject: subjectOf(message), text: mailText(message) },
          // The same at each attempt, so that a mailbox shows it once.
          messageId: `<${message.id}@${from.split('@')[1] ?? 'tributary'}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        return { ok: true };
      } catch (error) {
        return { ok: false, problem: mailProblem(error) };
      } finally {
        transport.close();
      }
    },
  };
}

/** Code and answer of the server: its text is left out, because it may repeat the user or the whole conversation. */
function mailProblem(error: unknown): string {
  const { code, responseCode, command } = error as { code?: string; responseCode?: number; command?: string };
  const answered = responseCode === undefined ? '' : `, the server answered ${responseCode}`;
  const at = command === undefined || command === 'API' ? '' : ` at ${command.split(' ')[0] ?? ''}`;
  return `mail: ${code ?? 'failed'}${at}${answered}`;
}
