import { ZoneNote } from '../../components/instant.js';
import { visibleText } from '../../format/text.js';
import { useRead } from '../../shell/query.js';
import { DayMoneySection } from './day-money.js';
import { readToday } from './read-today.js';
import type { Today } from './read-today.js';
import { TargetLines } from './target-lines.js';
import { ToDoTable } from './to-do-table.js';

/** What is to do and the money of a day, read again when a figure changes. @param day `YYYY-MM-DD`; null: the newest. */
export function useToday(day: string | null) {
  return useRead('/api/today', { day }, readToday, { keep: true });
}

interface Props {
  /** Undefined while it is being read, or could not be. */
  readonly today: Today | undefined;
  readonly problem: string | undefined;
  readonly currency: string | null;
}

/** What a person has to do, the money of the day, and the targets. */
export function TodaySections({ today, problem, currency }: Props) {
  return (
    <>
      <section className="card" aria-labelledby="to-do-title">
        <div className="bar-of-tools">
          <h2 id="to-do-title">What needs a person</h2>
          <ZoneNote />
        </div>
        {[...(problem === undefined ? [] : [problem]), ...(today?.problems ?? [])].map((text, index) => (
          <p className="notice bad" role="alert" key={index}>
            {visibleText(text)}
          </p>
        ))}
        {today ? <ToDoTable toDo={today.toDo} /> : problem === undefined && <p className="muted">Reading what is to do.</p>}
      </section>
      {today && <DayMoneySection today={today} currency={currency} />}
      {today && <TargetLines targets={today.targets} clearing={today.clearing} />}
    </>
  );
}
