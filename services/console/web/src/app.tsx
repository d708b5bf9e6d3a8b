import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { consoleRouter } from './router.js';
import { queryClient } from './shell/query.js';

/** The page of the current address, or the one for signing in. */
export function App() {
  const [router] = useState(() => consoleRouter());
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  );
}
