import type { Person } from './api.js';
import { PersonItem } from './person-item.js';

interface Props {
  readonly people: readonly Person[];
  readonly ownSubject: string;
}

/** People, each with what can be done about them. */
export function PeopleList({ people, ownSubject }: Props) {
  if (people.length === 0) return <p className="notice muted">There is nobody here.</p>;
  return (
    <ul className="people">
      {people.map((person, index) => (
        <PersonItem key={`${person.id}-${index}`} person={person} isSelf={person.subject === ownSubject} />
      ))}
    </ul>
  );
}
