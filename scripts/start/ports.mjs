// The two ports: read from the settings, and free on this machine before anything starts.
import { createServer } from 'node:net';

const LOOPBACK = ['127.0.0.1', '::1'];

/** A mistake that the person at the keyboard can mend: shown as its sentence, without a stack. */
export class StartError extends Error {}

export function readPorts(environment) {
  const worker = readPort(environment, 'PORT', 8787);
  const sandbox = readPort(environment, 'SANDBOX_PORT', 8788);
  if (worker === sandbox) throw new StartError(`PORT and SANDBOX_PORT are both ${worker}: give them different ports.`);
  return { worker, sandbox };
}

function readPort(environment, setting, otherwise) {
  const text = environment[setting] || String(otherwise);
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65535) {
    throw new StartError(`${setting} is "${text}": it has to be a port from 1 to 65535.`);
  }
  return port;
}

export async function assertFree({ worker, sandbox }) {
  await assertPortFree(worker, 'PORT', 'the page and its worker');
  await assertPortFree(sandbox, 'SANDBOX_PORT', 'the sandbox gateway');
}

async function assertPortFree(port, setting, purpose) {
  const fault = await faultOf(port);
  if (fault === undefined) return;
  if (fault.code !== 'EADDRINUSE') throw new StartError(`Port ${port} (${setting}) cannot be used: ${fault.message}`);
  throw new StartError(
    `Port ${port}, for ${purpose}, is in use. Stop what listens there, or choose another: make start ${setting}=…`,
  );
}

/** Whether nobody listens on it, on any of localhost's addresses. */
export async function isFree(port) {
  return await faultOf(port) === undefined;
}

async function faultOf(port) {
  for (const host of LOOPBACK) {
    const fault = await tryListening(port, host);
    // A machine without IPv6 has no ::1 to be taken.
    if (fault !== undefined && !['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(fault.code)) return fault;
  }
  return undefined;
}

function tryListening(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
