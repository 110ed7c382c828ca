import { cloudflare } from '@cloudflare/vite-plugin';
import { defineConfig } from 'vite';

// The page by Vite, the worker by workerd, both on one port: what the bank sends people back to.
export default defineConfig({ plugins: [cloudflare()], server: { port: 8787, strictPort: true } });
