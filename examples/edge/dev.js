// The server beside a stand-in for the bank, in one process.
import { startSandbox } from 'tell-connect-sandbox';

const bank = await startSandbox({ port: 8788, redirectUrl: 'http://localhost:8787/api/callback' });
Object.assign(process.env, bank.env);
console.log(`The bank: its portal is ${bank.url}/portal, its clock and faults are ${bank.url}/control`);
await import('./server.js');
