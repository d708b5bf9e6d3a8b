import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

/** Built into `dist`, which services/console serves. In development the API is proxied to the running console. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: { conditions: ['@tributary/source', ...defaultClientConditions] },
  build: { outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, target: 'es2022' },
  server: { port: 4001, proxy: { '/api': 'http://127.0.0.1:4000', '/identity': 'http://127.0.0.1:4000' } },
});
