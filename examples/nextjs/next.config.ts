import type { NextConfig } from 'next';

// Node.js loads tell-connect by itself: its WebAssembly stays in its package.
const config: NextConfig = { serverExternalPackages: ['tell-connect'] };

export default config;
