import { getRouteApi } from '@tanstack/react-router';
import { ZoneNote } from '../../components/instant.js';
import { visibleText } from '../../format/text.js';
import { useRead } from '../../shell/query.js';
import { DayMoneySection } from './day-money.js';
import { readToday } from './read-today.js';
import { TargetLines } from './target-lines.js';
import { ToDoTable } from './to-do-table.js';

const route = getRouteApi('/console/');

/** What a person has to do, the money of the day, and the targets. Read again when a figure changes. */
export function TodaySections() {
  const { day = null, currency = null } = route.useSearch();
  const { data: today, problem } = useRead('/api/today', { day }, readToday, { keep: true });
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
