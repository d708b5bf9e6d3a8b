import { useState } from 'react';
import { Chip } from '../../components/chip.js';
import { Instant } from '../../components/instant.js';
import { isLater, ListPages } from '../../components/list-pages.js';
import { Problem } from '../../components/problem.js';
import { ListTable } from '../../components/list-table.js';
import { amountLine, sumPerCurrency } from '../../format/amount.js';
import { counted, countText, visibleText } from '../../format/text.js';
import { ReasonForm } from '../../orders/reason-form.js';
import { mayDo, useShell } from '../../shell/live-context.js';
import { AmountsAfter } from '../targets/amounts-after.js';
import { decideRelease, releaseBatch } from '../targets/api.js';
import { Money } from './cells.js';
import { useGroups, useReleases } from './api.js';
import type { DeskFilters } from './filters.js';
import type { Group, GroupPage, Release } from './read-groups.js';

const groupStates = { open: 'Takes documents', closing: 'Being closed', releasing: 'Being released', failed: 'Release failed' };

/** Groups of documents that were entered and are not in the ledger yet, and the orders to release them. */
export function GroupsView({ filters }: { readonly filters: DeskFilters }) {
  const groups = useGroups(filters);
  const releases = useReleases();
  const waiting = releases.data?.rows.filter(({ state }) => state === 'waiting-approval') ?? [];
  const silent = [...new Set([...(groups.data?.silent ?? []), ...(releases.data?.silent ?? [])])];
  return (
    <>
      <Problem text={groups.problem ?? releases.problem} />
      {silent.map((text) => (
        <p key={text} className="notice bad" role="alert">
          {visibleText(text, 300)}
        </p>
      ))}
      {waiting.map((release) => (
        <WaitingRelease key={release.id} release={release} />
      ))}
      {groups.data === undefined && groups.problem === undefined && <p className="notice muted">Loading the groups.</p>}
      {groups.data && <GroupTable page={groups.data} waiting={waiting} isComplete={silent.length === 0} />}
      <ListPages path="/desk" filters={{ view: 'groups' }} page={groups.data} isLater={isLater(filters)} label="Pages of the groups" />
    </>
  );
}

const groupColumns = ['Group', 'Target', 'State', 'Kind', 'Date', { number: 'Documents' }, { number: 'Money' }, 'Opened', 'What to do'];

interface TableProps {
  readonly page: Pick<GroupPage, 'rows' | 'total'>;
  /** Releases that wait for a second person. */
  readonly waiting: readonly Release[];
  /** Whether every sink answered. */
  readonly isComplete: boolean;
}

/** Groups that are not released, one row each. */
export function GroupTable({ page, waiting, isComplete }: TableProps) {
  const { rows: groups } = page;
  const [chosen, setChosen] = useState<Group>();
  if (groups.length === 0)
    return (
      <p className="notice muted">{isComplete && !page.total?.batches ? 'Every group is released.' : 'There is no group on this page.'}</p>
    );
  return (
    <>
      <p className="list-sum">{groupsSum(page)}</p>
      {chosen && (
        <ReasonForm
          key={chosen.batchId}
          verb="Release"
          text={`Group ${visibleText(chosen.batchId, 60)} of ${visibleText(chosen.target, 60)}, ${[counted(chosen.documents, 'document'), ...chosen.amounts.map(amountLine)].join(', ')}: the next sweep releases it, or somebody else approves it first.`}
          onClose={() => setChosen(undefined)}
          onConfirm={async (reason) => {
            await releaseBatch(chosen.target, chosen.batchId, reason);
          }}
        />
      )}
      <ListTable className="desk-table" label="Groups" titles={groupColumns}>
        <tbody>
          {groups.map((group) => (
            <tr key={`${group.target}/${group.batchId}`}>
              <td>
                <code>{visibleText(group.batchId, 60)}</code>
                {group.text !== null && <div className="muted what">{visibleText(group.text, 160)}</div>}
              </td>
              <td>{visibleText(group.target, 60)}</td>
              <td>
                <Chip labels={groupStates} word={group.state} />
              </td>
              <td>{visibleText(group.kind, 40)}</td>
              <td className="date">{visibleText(group.date, 20)}</td>
              <td className="number">{countText(group.documents)}</td>
              <td className="number">
                <Money amounts={group.amounts} />
              </td>
              <td>
                <Instant at={group.openedAt} />
              </td>
              <td>
                <WhatToDo group={group} isWaiting={waiting.some((one) => isOf(one, group))} onRelease={() => setChosen(group)} />
              </td>
            </tr>
          ))}
        </tbody>
      </ListTable>
    </>
  );
}

const isOf = ({ target, batchId }: Release, group: Group): boolean => target === group.target && batchId === group.batchId;

/** How many there are on all pages, with their money; where that is not known, those that are shown. */
function groupsSum({ rows, total }: TableProps['page']): string {
  const { batches, documents, amounts } = total ?? {
    batches: rows.length,
    documents: rows.reduce((sum, one) => sum + (one.documents ?? 0), 0),
    amounts: sumPerCurrency(rows.flatMap((one) => one.amounts)),
  };
  const said = `${counted(batches, 'group')}${total ? '' : ' shown'} with ${counted(documents, 'document')}`;
  return [said, ...amounts.map(amountLine)].join(' · ');
}

interface ToDoProps {
  readonly group: Group;
  readonly isWaiting: boolean;
  readonly onRelease: () => void;
}

/** A group that failed, or that waits for a person, is released from here; every other one is released by itself. */
function WhatToDo({ group: { batchId, state, byPerson }, isWaiting, onRelease }: ToDoProps) {
  const { person } = useShell();
  if (isWaiting) return <span className="muted">a second person decides</span>;
  if (state !== 'failed' && !byPerson) return <span className="muted">is released by itself</span>;
  if (!mayDo(person, 'groups.release')) return <span className="muted">somebody has to release it</span>;
  return (
    <button type="button" aria-label={`Release group ${visibleText(batchId, 60)}`} onClick={onRelease}>
      Release
    </button>
  );
}

/** A release that waits for a second person, with what is approved. */
function WaitingRelease({ release }: { readonly release: Release }) {
  const { person } = useShell();
  const [how, setHow] = useState<'approve' | 'refuse'>();
  return (
    <div className="notice warn">
      <p>
        {visibleText(release.by, 60)} wants group <code>{visibleText(release.batchId, 60)}</code> of {visibleText(release.target, 60)}{' '}
        released: {visibleText(release.reason, 300)}. {counted(release.documents, 'document')}
        <AmountsAfter amounts={release.amounts} />
        {release.expiresAt !== null && (
          <>
            {' '}
            · ends by itself <Instant at={release.expiresAt} />
          </>
        )}
      </p>
      <ul>
        {release.waitsFor.map((why) => (
          <li key={why}>{visibleText(why, 300)}</li>
        ))}
      </ul>
      <details>
        <summary>Its documents</summary>
        {release.postingKeys.map((key) => (
          <div key={key}>
            <code>{visibleText(key, 200)}</code>
          </div>
        ))}
      </details>
      {how ? (
        <ReasonForm
          verb={how === 'approve' ? 'Approve' : 'Refuse'}
          text={how === 'approve' ? 'The next sweep releases exactly these documents.' : 'The group stays as it is.'}
          onClose={() => setHow(undefined)}
          onConfirm={async (reason) => {
            await decideRelease(release.target, release, how, reason);
          }}
        />
      ) : (
        mayDo(person, 'orders.approve') && (
          <p className="buttons">
            <button type="button" onClick={() => setHow('approve')}>
              Approve
            </button>
            <button type="button" onClick={() => setHow('refuse')}>
              Refuse
            </button>
          </p>
        )
      )}
    </div>
  );
}
