/** The command was called wrongly: what is wrong, and how it is called. */
export class Usage extends Error {
  constructor(message: string, readonly help: string) {
    super(message);
  }
}
