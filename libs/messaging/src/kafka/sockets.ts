import { connect as connectPlain, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ISocketFactory } from 'kafkajs';

const keepAliveDelayMs = 60_000;

/** As kafkajs makes them itself, but see {@link withoutUnrefLeak}. */
export const quietSockets: ISocketFactory = ({ host, port, ssl, onConnect }) => {
  const socket = ssl
    ? connectTls({ host, port, ...(isIP(host) ? {} : { servername: host }), ...ssl }, onConnect)
    : connectPlain({ host, port }, onConnect);
  socket.setKeepAlive(true, keepAliveDelayMs);
  return socket;
};

/**
 * The client disconnects a dead connection again and again, and every time calls `unref()` on its old socket. Node answers that on a
 * socket without a handle by one more `connect` listener, which can never fire: a leak, and MaxListenersExceededWarning at the 11th.
 */
export function withoutUnrefLeak(factory: ISocketFactory): ISocketFactory {
  return (args) => {
    const socket: Socket = factory(args);
    const unref = socket.unref.bind(socket);
    socket.unref = () => (socket.destroyed ? socket : unref());
    return socket;
  };
}
