import { Link } from '../../components/link.js';
import { messageLists } from './lists.js';

const sections = [
  ...Object.entries(messageLists).map(([name, { section }]) => ({ href: `/${name}`, title: section })),
  { href: '/topics', title: 'Topics' },
];

/** The sections of the room. @param current address of the one that is shown. */
export function Sections({ current }: { readonly current: string }) {
  return (
    <nav className="segments" aria-label="Sections of the room">
      {sections.map(({ href, title }) => (
        <Link key={href} href={href} current={href === current}>
          {title}
        </Link>
      ))}
    </nav>
  );
}
