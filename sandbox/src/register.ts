import type { Application } from './applications.ts';
import type { EnvironmentName } from './life.ts';
import { Applications, type RegisteredApplication } from './register/applications.ts';
import { Certificates } from './register/certificates.ts';
import { Clients } from './register/clients.ts';
import { Developers } from './register/developers.ts';
import type { Sql } from './sql.ts';

/** An application as an environment's gateway knows it. */
export type KnownApplication = Application & { developer: string };

/**
 * Who has registered at the portal (CFG-1), one for both environments. No method of its books waits for anything, so
 * each is done as a whole or not at all.
 */
export class Register {
  readonly developers: Developers;
  readonly clients: Clients;
  readonly applications: Applications;
  readonly certificates: Certificates;

  constructor(sql: Sql) {
    this.developers = new Developers(sql);
    this.clients = new Clients(sql);
    this.applications = new Applications(sql);
    this.certificates = new Certificates(sql);
  }

  /** Null where it is unknown, or has not been released. */
  inEnvironment(app: string, environment: EnvironmentName, now: number): KnownApplication | null {
    const registered = this.applications.find(app);
    return registered === null ? null : this.#known(registered, environment, now);
  }

  allInEnvironment(environment: EnvironmentName, now: number): KnownApplication[] {
    const known = this.applications.all().map((application) => this.#known(application, environment, now));
    return known.filter((application) => application !== null);
  }

  /** With its certificates. What it was granted stays in the books, and is of no use to anybody any more. */
  removeApplication(app: string): void {
    this.certificates.removeOf(app);
    this.applications.remove(app);
  }

  /** With all credentials and applications. */
  removeDeveloper(id: string): void {
    for (const { app } of this.applications.of(id)) this.removeApplication(app);
    this.clients.removeOf(id);
    this.developers.remove(id);
  }

  #known(registered: RegisteredApplication, environment: EnvironmentName, now: number): KnownApplication | null {
    const { app, name, redirectUrl, developer, releasedAt } = registered;
    if (environment === 'production' && releasedAt === null) return null;
    const kept = this.certificates.of(app, environment, now);
    const certificates = kept.map(({ bytes }) => bytes);
    const known = { app, name, redirectUrl, certificates, developer };
    if (environment === 'sandbox') return known;
    return { ...known, validUntil: Math.max(...kept.map(({ validUntil }) => validUntil ?? 0)) };
  }
}
