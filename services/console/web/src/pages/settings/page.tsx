import { useSearch } from '@tanstack/react-router';
import { Section } from '../../shell/section.js';
import { mayDo, useShell } from '../../shell/live-context.js';
import { useTitle } from '../../shell/title.js';
import { RoutesCard } from '../notifications/routes-card.js';
import { AllTokens } from './all-tokens.js';
import { ExaminationCard } from './examination.js';
import { Installation } from './installation.js';
import { People } from './people.js';

/** Who there is, what they may do, and their tokens: for whoever manages people. */
export function SettingsPage() {
  const { person } = useShell();
  const { after = null, before = null } = useSearch({ strict: false });
  useTitle('Settings');
  if (!person)
    return (
      <main>
        <NobodySignsIn />
        <AlertRoutes />
        <OfTheInstallation />
      </main>
    );
  return (
    <main>
      <Section what="The list of people">
        <People at={{ after, before }} ownSubject={person.subject} />
      </Section>
      {mayDo(person, 'tokens.manage') && (
        <Section what="The list of API tokens">
          <AllTokens />
        </Section>
      )}
      {mayDo(person, 'notifications.manage') && <AlertRoutes />}
      <OfTheInstallation />
    </main>
  );
}

/** Where notifications go. */
function AlertRoutes() {
  return (
    <Section what="The list of routes">
      <RoutesCard />
    </Section>
  );
}

/** What is wrong with the installation, and what is installed: roles, limits, secrets by reference, versions. */
function OfTheInstallation() {
  return (
    <>
      <Section what="The examination of the installation">
        <ExaminationCard />
      </Section>
      <Section what="What is installed">
        <Installation />
      </Section>
    </>
  );
}

/** Without identity there are no people, and no tokens. */
function NobodySignsIn() {
  return (
    <section className="card" aria-labelledby="settings-title">
      <h2 id="settings-title">Settings</h2>
      <p className="notice">
        No identity is configured: whoever works at this machine may do everything, and nobody signs in. Set <code>IDENTITY_KEY</code> and{' '}
        <code>DATABASE_URL</code> of the console to have people, roles and API tokens.
      </p>
    </section>
  );
}
