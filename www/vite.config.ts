import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { documents } from './documents.ts';

const at = (page: string): string => resolve(import.meta.dirname, page);

export default defineConfig({
  plugins: [documents()],
  build: {
    target: 'es2023',
    // The page's CSP allows neither inline scripts nor data: scripts and styles: everything is a file of its own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: [at('index.html'), at('404.html')],
      // What each view needs is one file: a phone pays for every further one before it shows anything.
      output: { codeSplitting: { groups: [{ name: 'index', tags: ['$initial'], test: /\.ts$/ }] } },
    },
  },
  // The simulator's thread and its wasm: what is signed and kept there is made up, and no other file may hold such code.
  worker: {
    format: 'es',
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/simulator/[name]-[hash].js',
        chunkFileNames: 'assets/simulator/[name]-[hash].js',
        assetFileNames: 'assets/simulator/[name]-[hash][extname]',
      },
    },
  },
});
