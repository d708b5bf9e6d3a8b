import type { ReactNode } from 'react';
import { Instant, ZoneNote } from '../../components/instant.js';
import { CopyId } from '../../components/copy-id.js';
import { Problem } from '../../components/problem.js';
import { wordOf } from '../../components/chip.js';
import { visibleText } from '../../format/text.js';
import type { Answer } from '../../shell/query.js';
import { useServiceSettings } from './service-settings-api.js';
import type { ServiceSettings } from './service-settings-api.js';
import { roleLabels } from './labels.js';
import { SettingsTable } from './settings-table.js';

/** Roles, limits, secrets by reference, and what is installed. */
export function Installation() {
  const { recon, console: own } = useServiceSettings();
  const told = [recon.data, own.data].filter((one) => one !== undefined);
  return (
    <>
      <RolesCard answer={own} />
      <section className="card" aria-labelledby="limits-title">
        <h2 id="limits-title">Limits</h2>
        <Problems answers={[recon, own]} />
        <SettingsTable
          label="Limits"
          head={['Service', 'Limit', 'Value', 'What it limits']}
          rows={told.flatMap(({ service, limits }) =>
            limits.map(({ name, value, text, isDefault }) => [service, name, `${value ?? ''}${isDefault ? '' : ' (set here)'}`, text]),
          )}
        />
      </section>
      <section className="card" aria-labelledby="secrets-title">
        <h2 id="secrets-title">Secrets, by reference</h2>
        <p className="muted note">Names and where they come from. What they are is shown nowhere.</p>
        <Problems answers={[recon, own]} />
        <SettingsTable
          label="Secrets, by reference"
          head={['Service', 'Secret', 'Comes from', 'Last read', 'What it is for']}
          rows={told.flatMap(({ service, secrets }) =>
            secrets.map(({ name, from, readAt, text }) => [
              service,
              name,
              placeLabel(from),
              readAt === null ? null : <Instant key="at" at={readAt} />,
              text,
            ]),
          )}
        />
      </section>
      <section className="card" aria-labelledby="about-title">
        <div className="bar-of-tools">
          <h2 id="about-title">About</h2>
          <ZoneNote />
        </div>
        <Problems answers={[recon, own]} />
        {told.map((service, index) => (
          <About key={index} service={service} />
        ))}
        {own.data && <Bill address={own.data.billOfMaterials} />}
      </section>
    </>
  );
}

function placeLabel(from: string | null): string {
  if (from === 'file') return 'a file';
  return from === 'environment' ? 'the environment' : from === 'not set' ? 'not set' : `unknown: ${from ?? ''}`;
}

function Problems({ answers }: { readonly answers: readonly Answer<ServiceSettings>[] }) {
  return answers.map(({ problem }, index) => <Problem key={index} text={problem} />);
}

/** What each role may do. */
export function RolesCard({ answer: { data, problem } }: { readonly answer: Pick<Answer<ServiceSettings>, 'data' | 'problem'> }) {
  return (
    <section className="card" aria-labelledby="roles-title">
      <h2 id="roles-title">Roles</h2>
      <Problem text={problem} />
      {data?.roles.map(({ role, permissions }, index) => (
        <details key={index} className="role">
          <summary>{role === null ? 'A role without a name' : wordOf(roleLabels, role, 100)}</summary>
          <ul>
            {permissions.map(({ name, text }, at) => (
              <li key={at}>
                {visibleText(text ?? '', 200)} <code className="muted">{visibleText(name ?? '', 60)}</code>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}

function About({ service: { service, version, commit, licence, schemaVersion, startedAt } }: { readonly service: ServiceSettings }) {
  const facts: [string, ReactNode][] = [
    ['Version', visibleText(version ?? 'not known', 60)],
    ['Commit', commit === null ? 'not known here' : <CopyId key="commit" id={commit} />],
    ['Tables', visibleText(schemaVersion ?? 'keeps none', 100)],
    ['Licence', visibleText(licence ?? 'not known', 60)],
    ['Runs since', <Instant key="since" at={startedAt} />],
  ];
  return (
    <>
      <h3>{visibleText(service ?? 'a service', 40)}</h3>
      <dl className="named-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Bill({ address }: { readonly address: string | null }) {
  return address === null ? (
    <p className="muted">No bill of materials is beside this build: an image has one; in a checkout, npm run -s sbom makes it.</p>
  ) : (
    <p>
      <a href={address} download="sbom.cdx.json">
        Bill of materials (CycloneDX)
      </a>
      : every package of this build, with its hash and licence.
    </p>
  );
}
