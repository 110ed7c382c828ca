import type { Branch } from '../branch.ts';
import type { EnvironmentName } from '../life.ts';
import { Refusal, quoted } from '../refusal.ts';
import type { RegisteredApplication } from '../register/applications.ts';
import type { RegisteredCertificate } from '../register/certificates.ts';
import type { Authorisation, Developer, Registration } from '../register/developers.ts';
import type { Register } from '../register.ts';
import { hashOf, newToken } from '../tokens.ts';
import { isSameCertificate, sha256, uploadProblem, validityOf } from './certificate.ts';
import { type NamedApplication, wrongField } from './fields.ts';
import { redirectFlaw, certificateFlaw } from './fitness.ts';

export const ENVIRONMENTS: readonly EnvironmentName[] = ['sandbox', 'production'];

/** Shown once: of the secret only its hash is kept. */
export interface Credentials {
  environment: EnvironmentName;
  clientId: string;
  clientSecret: string;
}

const MOST_DEVELOPERS = 1000;
const MOST_APPLICATIONS = 100;
/** How many overlap at a time, each of which a signature is tried with. */
const MOST_CERTIFICATES = 5;

/** What can be done at the portal, whoever asks: a page, or the JSON API. */
export class Portal {
  readonly register: Register;
  /** Whose port the portal was opened on. */
  readonly here: EnvironmentName;
  readonly #branches = new Map<EnvironmentName, Branch>();
  readonly #trueNow: number;

  constructor(branch: Branch, here: EnvironmentName, trueNow: number) {
    this.register = branch.register;
    this.here = here;
    this.#branches.set(here, branch);
    if (branch.other !== undefined) this.#branches.set(here === 'sandbox' ? 'production' : 'sandbox', branch.other);
    this.#trueNow = trueNow;
  }

  branch(environment: EnvironmentName): Branch | undefined {
    return this.#branches.get(environment);
  }

  /** Where the gateway of an environment is reached, if that is known. */
  address(environment: EnvironmentName): string | undefined {
    return this.branch(environment)?.address;
  }

  /** What the clock of an environment shows; that of the one asked where there is no other. */
  now(environment: EnvironmentName = this.here): number {
    const { configuration } = this.branch(environment) ?? (this.branch(this.here) as Branch);
    return 'settings' in configuration ? configuration.settings.clock.at(this.#trueNow) : this.#trueNow;
  }

  async addDeveloper(registration: Registration): Promise<{ developer: Developer; credentials: Credentials }> {
    if (this.register.developers.count() >= MOST_DEVELOPERS) throw full(`${MOST_DEVELOPERS} developers`);
    const id = crypto.randomUUID();
    this.register.developers.add(id, registration, this.now());
    return { developer: this.developer(id), credentials: await this.#issue(id, 'sandbox') };
  }

  developer(id: string): Developer {
    const developer = this.register.developers.find(id);
    if (developer === null) throw notFound(`There is no developer ${quoted(id)}.`);
    return developer;
  }

  removeDeveloper(id: string): void {
    this.developer(id);
    this.register.removeDeveloper(id);
  }

  /** Credentials come with the first request; a later one changes what the register says. */
  async askForProduction(
    id: string,
    authorisation: Authorisation,
  ): Promise<{ developer: Developer; credentials: Credentials | null }> {
    this.developer(id);
    this.register.developers.authorise(id, authorisation);
    const isFirst = this.register.clients.of(id, 'production') === null;
    return { credentials: isFirst ? await this.#issue(id, 'production') : null, developer: this.developer(id) };
  }

  async newSecret(id: string, environment: EnvironmentName): Promise<Credentials> {
    this.developer(id);
    const client = this.register.clients.of(id, environment);
    if (client === null) {
      throw wrongField('environment', `There are no credentials for ${environment} yet; ask for production first.`);
    }
    const clientSecret = newToken();
    this.register.clients.changeSecret(client.clientId, await hashOf(clientSecret), this.now(environment));
    return { environment, clientId: client.clientId, clientSecret };
  }

  addApplication(developer: string, named: NamedApplication, certificate?: Uint8Array): RegisteredApplication {
    this.developer(developer);
    if (certificate !== undefined) checkUpload(certificate);
    if (this.register.applications.of(developer).length >= MOST_APPLICATIONS) {
      throw full(`${MOST_APPLICATIONS} applications of one developer`);
    }
    const app = crypto.randomUUID();
    this.register.applications.add({ app, developer, ...named, createdAt: this.now() });
    if (certificate !== undefined) this.addCertificate(app, 'sandbox', certificate, 0);
    return this.application(app);
  }

  application(app: string): RegisteredApplication {
    const application = this.register.applications.find(app);
    if (application === null) throw notFound(`No application ${quoted(app)} is registered here.`);
    return application;
  }

  changeApplication(app: string, named: NamedApplication): RegisteredApplication {
    const { releasedAt } = this.application(app);
    const flaw = releasedAt === null ? undefined : redirectFlaw(named.redirectUrl);
    if (flaw !== undefined) {
      throw wrongField('redirectUrl', `The application is in production. ${flaw.found} ${flaw.todo}`, 'LIV-1');
    }
    this.register.applications.change(app, named);
    return this.application(app);
  }

  removeApplication(app: string): void {
    this.application(app);
    this.register.removeApplication(app);
  }

  certificates(app: string, environment: EnvironmentName): RegisteredCertificate[] {
    return this.register.certificates.of(app, environment, this.now(environment));
  }

  /** The newest that another application signs with. */
  certificateOf(app: string, environment: EnvironmentName): Uint8Array {
    this.application(app);
    const [newest] = this.certificates(app, environment);
    if (newest !== undefined) return newest.bytes;
    throw wrongField('from', `The application ${quoted(app)} has no certificate for ${environment}.`);
  }

  /** The former one signs for `overlap` milliseconds more, on that environment's clock. */
  addCertificate(app: string, environment: EnvironmentName, bytes: Uint8Array, overlap: number): RegisteredCertificate {
    const { developer } = this.application(app);
    checkUpload(bytes);
    const now = this.now(environment);
    if (environment === 'production') {
      const flaw = certificateFlaw(bytes, { others: this.sandboxCertificates(developer), now });
      if (flaw !== undefined) throw wrongField('certificate', `${flaw.found} ${flaw.todo}`, 'LIV-1');
    }
    const present = this.certificates(app, environment);
    if (present[0] !== undefined && sha256(present[0].bytes) === sha256(bytes)) {
      throw wrongField('certificate', 'The application signs with exactly this certificate already.');
    }
    if (present.length >= MOST_CERTIFICATES) throw full(`${MOST_CERTIFICATES} certificates that overlap`);
    const id = crypto.randomUUID();
    const validUntil = validityOf(bytes)?.to ?? null;
    this.register.certificates.add({ id, app, environment, bytes, validUntil, addedAt: now }, overlap);
    return this.certificates(app, environment)[0] as RegisteredCertificate;
  }

  /** Ends one that overlaps before its time. */
  endCertificate(app: string, id: string): void {
    this.application(app);
    const found = ENVIRONMENTS.flatMap((name) => this.certificates(app, name)).find((one) => one.id === id);
    if (found === undefined) throw notFound('The application has no such certificate.');
    if (found.endsAt === null) {
      throw new Refusal(409, 'in_use', 'The application signs with this certificate; add another in its place first.', {
        rule: 'CFG-1',
        field: 'certificate',
      });
    }
    this.register.certificates.remove(id);
  }

  /** Of all applications of a developer: none of them is fit for production. */
  sandboxCertificates(developer: string): Uint8Array[] {
    const apps = this.register.applications.of(developer);
    return apps.flatMap(({ app }) => this.certificates(app, 'sandbox')).map(({ bytes }) => bytes);
  }

  /** The other applications that sign with the same certificate. */
  sharing({ app, environment, bytes }: RegisteredCertificate): RegisteredApplication[] {
    const others = this.register.applications.of(this.application(app).developer).filter((one) => one.app !== app);
    const hasIt = (other: string): boolean =>
      this.certificates(other, environment).some((certificate) => isSameCertificate(certificate.bytes, bytes));
    return others.filter((one) => hasIt(one.app));
  }

  async #issue(developer: string, environment: EnvironmentName): Promise<Credentials> {
    const clientId = `tc-${environment}-${crypto.randomUUID().slice(0, 18)}`;
    const clientSecret = newToken();
    const secretHash = await hashOf(clientSecret);
    this.register.clients.add({ clientId, developer, environment, secretHash, issuedAt: this.now(environment) });
    return { environment, clientId, clientSecret };
  }
}

export function notFound(description: string): Refusal {
  return new Refusal(404, 'not_found', description, { rule: 'CFG-1', blameless: true });
}

function checkUpload(bytes: Uint8Array): void {
  const problem = uploadProblem(bytes);
  if (problem !== undefined) throw wrongField('certificate', problem);
}

function full(most: string): Refusal {
  const description = `The register holds at most ${most}; remove what is not needed any more.`;
  return new Refusal(409, 'register_full', description, { rule: 'CFG-1' });
}
