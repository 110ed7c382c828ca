// The ports: read from the settings, and free on this machine before anything starts.
import { createServer } from 'node:net';

/**
 * The examples that are workers of their own: what each is called, where the bank sends its customers back to, and the
 * configuration that tell-connect's worker has with it, where that is another.
 */
export const EXAMPLES = {
  shop: { title: 'Shop', purpose: 'the shop', redirectPath: '/paid', open: 'shop and pay by bank' },
  sync: {
    title: 'Ledger', purpose: 'the ledger', redirectPath: '/connected', open: 'ledger and connect a bank',
    worker: 'examples/sync/tell-connect.jsonc',
  },
};

const LOOPBACK = ['127.0.0.1', '::1'];

/** A mistake that the person at the keyboard can mend: shown as its sentence, without a stack. */
export class StartError extends Error {}

export function readPorts(environment) {
  const worker = readPort(environment, 'PORT', 8787);
  const sandbox = readPort(environment, 'SANDBOX_PORT', 8788);
  const example = environment.EXAMPLE || undefined;
  if (example !== undefined && !Object.hasOwn(EXAMPLES, example)) {
    throw new StartError(`EXAMPLE is "${example}": those to start are ${Object.keys(EXAMPLES).join(' and ')}.`);
  }
  const own = example && { [example]: readPort(environment, settingOf(example), 8789) };
  const ports = { worker, sandbox, ...own };
  if (new Set(Object.values(ports)).size < Object.keys(ports).length) {
    const names = example ? `PORT, SANDBOX_PORT and ${settingOf(example)}` : 'PORT and SANDBOX_PORT';
    throw new StartError(`${names} have to be different: ${Object.values(ports).join(', ')}.`);
  }
  return ports;
}

const settingOf = (example) => `${example.toUpperCase()}_PORT`;

/** Which example has a port among these; nothing where none has. */
export const exampleIn = (ports) => Object.keys(EXAMPLES).find((name) => ports[name] !== undefined);

function readPort(environment, setting, otherwise) {
  const text = environment[setting] || String(otherwise);
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65535) {
    throw new StartError(`${setting} is "${text}": it has to be a port from 1 to 65535.`);
  }
  return port;
}

export async function assertFree(ports) {
  await assertPortFree(ports.worker, 'PORT', 'the page and its worker');
  await assertPortFree(ports.sandbox, 'SANDBOX_PORT', 'the sandbox gateway');
  const example = exampleIn(ports);
  if (example !== undefined) await assertPortFree(ports[example], settingOf(example), EXAMPLES[example].purpose);
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
