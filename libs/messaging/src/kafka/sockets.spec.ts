import { Socket } from 'node:net';
import { withoutUnrefLeak } from './sockets.js';

describe('sockets for the client', () => {
  const args = { host: 'localhost', port: 1, ssl: undefined as never, onConnect: () => undefined };

  it('collect no listeners when a dead one is let go of again and again', () => {
    const socket = withoutUnrefLeak(() => new Socket())(args);
    socket.destroy();
    for (let n = 0; n < 20; n += 1) socket.unref();
    expect(socket.listenerCount('connect')).toBe(0);
  });

  it('still let the process end while they connect', () => {
    const socket = withoutUnrefLeak(() => new Socket())(args);
    expect(socket.unref()).toBe(socket);
    expect(socket.listenerCount('connect')).toBe(1); // Node's own: it lets go once connected
    socket.destroy();
  });
});
