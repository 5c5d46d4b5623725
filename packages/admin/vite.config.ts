import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `npm start` serves, for `npx vite` in this folder. */
const SERVICE = process.env.KINDRED_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: {
    alias: [
      { find: /^object\.entries$/, replacement: join(import.meta.dirname, 'src/left-out/object-entries.cjs') },
      { find: /^jsonexport\/dist(\/.*)?$/, replacement: join(import.meta.dirname, 'src/left-out/jsonexport.ts') },
    ],
  },
  build: {
    outDir: 'dist',
    // Apart from the assets of the service's own pages; both are open to whoever is not signed in.
    assetsDir: 'assets/console',
    target: 'es2022',
    manifest: 'manifest.json',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
  },
  server: { proxy: { '/graphql': { target: SERVICE, ws: true }, '/api': SERVICE, '/monitoring': SERVICE } },
});
