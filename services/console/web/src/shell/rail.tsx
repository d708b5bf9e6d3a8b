import { routeOf, routes } from '@tributary/console/routes';
import { Link } from '../components/link.js';
import type { SignedIn } from '../identity/read-who-am-i.js';
import { mayDo } from './live-context.js';

/** The rooms that somebody may enter. @param current path of the page that is shown. */
export function Rail({ person, current }: { readonly person: SignedIn | null; readonly current: string }) {
  const rooms = routes.filter(({ room, needs }) => room !== undefined && mayDo(person, needs));
  return (
    <nav className="rail" aria-label="Rooms">
      <ul>
        {rooms.map(({ name, path, room }) => (
          <li key={name}>
            <Link href={path} current={isIn(path, current) || routeOf(current)?.route.within === room}>
              {room}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Whether a page belongs to a room: its own page, or one below it. */
function isIn(room: string, current: string): boolean {
  return room === '/' ? current === '/' : current === room || current.startsWith(`${room}/`);
}
