import { Settings } from '../machine/workerd.js';
import type { Profile } from '../edge/index.js';
import type * as machine from '../machine/index.js';
import { Seal } from './seal.js';

/** The worker's bindings. Variables and secrets are read by name in Rust. */
export interface Env {
  CONSENTS: DurableObjectNamespace<import('./vault.js').ConsentVault>;
}

/** The settings, read once, and the vault's keys. */
export interface Configuration {
  settings: machine.Settings;
  seal: Promise<Seal>;
}

let profile: Profile | undefined;
let read: Configuration | undefined;

/** Sets the profile that all of this worker's consents are under. */
export function useProfile(chosen: Profile | undefined): void {
  profile = chosen;
}

/** @throws {TellConnectError} `configuration_invalid` with every fault */
export function configuration(env: object): Configuration {
  if (read === undefined) {
    const settings = Settings.read(env, profile);
    read = { settings, seal: Seal.of(settings.vaultKeys()) };
  }
  return read;
}
