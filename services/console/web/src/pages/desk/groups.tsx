import { useState } from 'react';
import { Chip } from '../../components/chip.js';
import { Instant } from '../../components/instant.js';
import { Problem } from '../../components/problem.js';
import { TableHead } from '../../components/table-head.js';
import { addressPart, counted, countText, visibleText } from '../../format/text.js';
import { ReasonForm } from '../../orders/reason-form.js';
import { hrefOf } from '../../shell/address.js';
import { postJson } from '../../shell/http.js';
import { mayDo, useShell } from '../../shell/live-context.js';
import { reconChanged, useRecon } from '../../shell/query.js';
import { readGroups, readReleases } from './read-groups.js';
import type { Group, Release } from './read-groups.js';

const groupStates = { open: 'Takes documents', closing: 'Being closed', releasing: 'Being released', failed: 'Release failed' };

/** Groups of documents that were entered and are not in the ledger yet, and the orders to release them. */
export function GroupsView() {
  const groups = useRecon('/batches?limit=500', readGroups, { keep: true });
  const releases = useRecon('/release-orders', readReleases, { keep: true });
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
      {groups.data && <GroupTable groups={groups.data.rows} isComplete={silent.length === 0} />}
    </>
  );
}

const groupColumns = ['Group', 'Target', 'State', 'Kind', 'Date', 'Documents', 'Opened', 'What to do'];

/** Groups that are not released, one row each. */
export function GroupTable({ groups, isComplete }: { readonly groups: readonly Group[]; readonly isComplete: boolean }) {
  const { person } = useShell();
  const [chosen, setChosen] = useState<Group>();
  if (groups.length === 0) return <p className="notice muted">{isComplete ? 'Every group is released.' : 'No group is known.'}</p>;
  return (
    <>
      {chosen && (
        <ReasonForm
          key={chosen.id}
          verb="Release"
          text={`Group ${visibleText(chosen.id, 60)} of ${visibleText(chosen.target, 60)}, ${counted(chosen.documents, 'document')}: the next sweep releases it, or somebody else approves it first.`}
          onClose={() => setChosen(undefined)}
          onConfirm={async (reason) => {
            await postJson(hrefOf(`/batches/${addressPart(chosen.id)}/release-orders`, { target: chosen.target }), { reason });
            await reconChanged();
          }}
        />
      )}
      <div className="scroll desk-table" tabIndex={0} role="region" aria-label="Groups">
        <table>
          <TableHead titles={groupColumns} />
          <tbody>
            {groups.map((group) => (
              <tr key={`${group.target}/${group.id}`}>
                <td>
                  <code>{visibleText(group.id, 60)}</code>
                  {group.text !== null && <div className="muted what">{visibleText(group.text, 160)}</div>}
                </td>
                <td>{visibleText(group.target, 60)}</td>
                <td>
                  <Chip labels={groupStates} word={group.state} />
                </td>
                <td>{visibleText(group.kind, 40)}</td>
                <td>{visibleText(group.date, 20)}</td>
                <td>{countText(group.documents)}</td>
                <td>
                  <Instant at={group.openedAt} />
                </td>
                <td>
                  {mayDo(person, 'groups.release') && (
                    <button type="button" aria-label={`Release group ${visibleText(group.id, 60)}`} onClick={() => setChosen(group)}>
                      Release
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** A release that waits for a second person, with what is approved. */
function WaitingRelease({ release }: { readonly release: Release }) {
  const { person } = useShell();
  const [how, setHow] = useState<'approve' | 'refuse'>();
  const path = `/release-orders/${addressPart(release.id)}`;
  return (
    <div className="notice warn">
      <p>
        {visibleText(release.by, 60)} wants group <code>{visibleText(release.batchId, 60)}</code> of {visibleText(release.target, 60)}{' '}
        released: {visibleText(release.reason, 300)}. {counted(release.postingKeys.length, 'document')},{' '}
        {visibleText(release.sums.join(', '), 200)}
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
            const target = { target: release.target };
            await postJson(hrefOf(`${path}/${how}`, target), { reason, ...(how === 'approve' ? { digest: release.digest } : {}) });
            await reconChanged();
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
