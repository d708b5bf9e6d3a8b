import { Outlet } from '@tanstack/react-router';
import { useEffect } from 'react';
import { recheck } from '../identity/session.js';
import { Frame } from './frame.js';
import { TopBar } from './top-bar.js';

/** Around pages that need nobody to be signed in. */
export function PlainFrame() {
  useEffect(() => void recheck(), []);
  return (
    <Frame bar={<TopBar />}>
      <Outlet />
    </Frame>
  );
}
