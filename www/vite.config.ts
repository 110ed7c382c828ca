import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const at = (page: string): string => resolve(import.meta.dirname, page);

export default defineConfig({
  build: {
    target: 'es2023',
    // The page's CSP allows neither inline scripts nor data: scripts and styles: everything is a file of its own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: [at('index.html'), at('404.html')] },
  },
  // Pre-bundling would move the package's JavaScript away from the wasm file that it finds by its own address.
  optimizeDeps: { exclude: ['tell-connect'] },
});
