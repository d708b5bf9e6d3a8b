import { Link } from '../../components/link.js';
import { Amount } from '../../components/amount.js';
import { amountLine } from '../../format/amount.js';
import { counted, visibleText } from '../../format/text.js';
import { hrefOf } from '../../shell/address.js';
import { ClosingLine } from './closing-line.js';
import { dayFlow, flowSize } from './day-flow.js';
import { figureTexts } from './labels.js';
import { pageOfList } from './page-of-list.js';
import { dayFigures } from './read-today.js';
import type { DayFigure, DayMoney, Today } from './read-today.js';

const dayMs = 86_400_000;

interface Props {
  readonly today: Today;
  /** The currency that the address names; else the first one. */
  readonly currency: string | null;
}

/** The money of a day, from Stripe to the ledger: as a flow, and as a table with a list behind each figure. */
export function DayMoneySection({ today, currency }: Props) {
  const { money, date, timeZone } = today;
  const shown = money.find((one) => one.currency === currency) ?? money[0];
  const dayBy = (days: number): string | null => (date === null ? null : dateBy(date, days));
  return (
    <section className="card" aria-labelledby="day-title">
      <div className="bar-of-tools">
        <h2 id="day-title">The money of {date === null ? 'the day' : visibleText(date, 12)}</h2>
        <nav className="segments" aria-label="Currencies of the day">
          {money.map((one) => (
            <Link key={one.currency} href={hrefOf('/', { day: date, currency: one.currency })} current={one === shown}>
              {visibleText(one.currency, 12)}
            </Link>
          ))}
        </nav>
        <nav className="pages" aria-label="Days">
          <Link href={hrefOf('/', { day: dayBy(-1), currency })}>Day before</Link>{' '}
          <Link href={hrefOf('/', { day: dayBy(1), currency })}>Next day</Link> <Link href={hrefOf('/', { currency })}>Today</Link>
        </nav>
      </div>
      <ClosingLine today={today} />
      {timeZone !== null && <p className="muted">Days in {visibleText(timeZone.replaceAll('_', ' '), 60)}</p>}
      {shown ? (
        <>
          <FlowDrawing day={shown} />
          <FigureTable day={shown} />
        </>
      ) : (
        <p className="muted">No money moved on this day.</p>
      )}
    </section>
  );
}

/** Hidden from screen readers: the table says the same. */
function FlowDrawing({ day }: { readonly day: DayMoney }) {
  const flow = dayFlow(day);
  if (!flow) return null;
  return (
    <svg className="day-flow" viewBox={`0 0 ${flowSize.width} ${flowSize.height}`} aria-hidden="true" focusable="false">
      {flow.links.map(({ from, to, path, width }) => (
        <path key={`${from} ${to}`} className={`link ${to}`} d={path} strokeWidth={width} />
      ))}
      {flow.nodes.map(({ name, x, y, width, height }) => {
        const atTheEnd = x + width > flowSize.width - 1;
        return (
          <g key={name}>
            <rect className={`node ${name}`} x={x} y={y} width={width} height={height} />
            <text x={atTheEnd ? x - 6 : x + width + 6} y={y + height / 2} dy="0.35em" textAnchor={atTheEnd ? 'end' : 'start'}>
              {figureTexts[name].title} {amountLine(day.figures[name].amount)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

function FigureTable({ day }: { readonly day: DayMoney }) {
  return (
    <table className="day-figures">
      <caption className="hidden">The money of the day in {visibleText(day.currency, 12)}</caption>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col" className="number">
            How many
          </th>
          <th scope="col" className="number">
            Amount
          </th>
        </tr>
      </thead>
      <tbody>
        {dayFigures.map((name) => (
          <tr key={name}>
            <th scope="row">
              {figureTexts[name].title} <span className="muted">– {figureTexts[name].text}</span>
            </th>
            <td className="number">
              <FigureLink figure={day.figures[name]} title={figureTexts[name].title} />
            </td>
            <td className="number">
              <Amount amount={day.figures[name].amount} absent="–" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function FigureLink({ figure: { count, list }, title }: { readonly figure: DayFigure; readonly title: string }) {
  const href = pageOfList(list);
  if (href === undefined) return <>{counted(count, 'row')}</>;
  return (
    <Link href={href} label={`${title}: ${counted(count, 'row')}, show the list`}>
      {count ?? '–'}
    </Link>
  );
}

/** A calendar day some days away; null for what is no day. */
function dateBy(date: string, days: number): string | null {
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(at) ? null : new Date(at + days * dayMs).toISOString().slice(0, 10);
}
