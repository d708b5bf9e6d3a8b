import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import './shell/base.css';
import './components/components.css';
import './search/search.css';
import './pages/overview/page.css';
import './pages/payments/page.css';
import './pages/payment/page.css';
import './pages/records/page.css';
import './pages/letter/page.css';
import './pages/audit/page.css';
import './pages/customers/page.css';
import './pages/events/page.css';
import './pages/account/page.css';
import './pages/notifications/page.css';
import './pages/settings/page.css';
import './pages/targets/page.css';
import './pages/desk/page.css';
import './pages/order/page.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root"');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
