import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import type { Duplex } from 'node:stream';

const certificates = join(import.meta.dirname, '../../../../../libs/platform/src/testing/certificates');
/** Who signed the certificate of the mail server. */
export const caFile = join(certificates, 'ca.pem');

/** One request that a receiver got. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver of webhooks over real HTTP. */
export interface WebhookReceiver {
  readonly url: string;
  readonly received: Received[];
  /** How it answers from now on; default: 204. */
  answer: { readonly status: number; readonly headers?: Record<string, string> };
  stop(): Promise<void>;
}

/** Starts a receiver. @param port the one that it had before. */
export async function webhookReceiver(port = 0): Promise<WebhookReceiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      response.writeHead(receiver.answer.status, receiver.answer.headers).end();
    });
  });
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/path-that-is-secret`,
    received,
    answer: { status: 204 },
    stop: () => {
      server.closeAllConnections();
      return closed(server);
    },
  };
  return receiver;
}

/** A mail as the server took it. */
export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly user: string;
  readonly text: string;
}

/** An SMTP server that takes mails: TLS from the first byte, one user, as much of RFC 5321 as a client needs. */
export interface MailServer {
  readonly port: number;
  readonly mails: Mail[];
  stop(): Promise<void>;
}

/** Starts a mail server. @param password of every user. @param clear without TLS. */
export async function mailServer(password: string, clear = false): Promise<MailServer> {
  const mails: Mail[] = [];
  const pem = (name: string): Buffer => readFileSync(join(certificates, name));
  const serve = (socket: Duplex): void => conversation(socket, password, mails);
  const server = clear ? createTcpServer(serve) : createTlsServer({ key: pem('server.key.pem'), cert: pem('server.pem') }, serve);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { port: (server.address() as AddressInfo).port, mails, stop: () => closed(server) };
}

function closed(server: Server): Promise<void> {
  return new Promise((done) => server.close(() => done()));
}

function conversation(socket: Duplex, password: string, mails: Mail[]): void {
  const say = (line: string): boolean => socket.write(`${line}\r\n`);
  let [from, user, data, rest] = ['', '', '', ''];
  let to: string[] = [];
  let inData = false;
  const replies: readonly (readonly [RegExp, (found: RegExpExecArray) => void])[] = [
    [/^EHLO/i, () => say('250-sink\r\n250 AUTH PLAIN')],
    [/^AUTH PLAIN (.+)/i, ([, given = '']) => say(signsIn(given) ? '235 yes' : '535 no: the password of ada is wrong')],
    [/^MAIL FROM:<(.*?)>/i, ([, address = '']) => (from = address) && say('250 ok')],
    [/^RCPT TO:<(.*?)>/i, ([, address = '']) => to.push(address) && say('250 ok')],
    [/^DATA/i, () => (inData = say('354 go on') || true)],
    [/^QUIT/i, () => say('221 bye') && socket.end()],
  ];
  const signsIn = (given: string): boolean => {
    const [, name = '', word] = Buffer.from(given, 'base64').toString().split('\0');
    user = name;
    return word === password;
  };
  const line = (text: string): void => {
    if (inData && text === '.') {
      mails.push({ from, to, user, text: data });
      [data, to, inData] = ['', [], false];
      say('250 taken');
    } else if (inData) data += `${text.replace(/^\.\./, '.')}\n`;
    else {
      const reply = replies.flatMap(([pattern, answer]) =>
        pattern.exec(text) ? [() => answer(pattern.exec(text) as RegExpExecArray)] : [],
      )[0];
      if (reply) reply();
      else say('502 not here');
    }
  };
  socket.on('error', () => socket.destroy());
  socket.on('data', (part: Buffer) => {
    const lines = (rest + part.toString()).split('\r\n');
    rest = lines.pop() ?? '';
    for (const each of lines) line(each);
  });
  say('220 sink');
}
