/**
 * From the import to the first token, in a process that has loaded nothing before: the command line gives the module
 * and what is signed. Plain JavaScript, so that no type stripper has warmed anything.
 */

const [module, key, text, iat] = process.argv.slice(2);
const { app, path, certificate } = JSON.parse(key);
const bytes = new TextEncoder().encode(certificate);
const object = JSON.parse(text);

const started = performance.now();
const { default: contestant } = await import(module);
const sign = await contestant.open({ app, path, certificate: bytes });
const token = await sign(object, Number(iat));
const took = performance.now() - started;

console.log(JSON.stringify({ took, token }));
