/** What the person at the keyboard can put right: told as its sentence, without a stack. */
export class Mistake extends Error {
  readonly exitCode: 1 | 2;

  /** 2: the command was not understood; 1: it cannot be carried out. */
  constructor(sentence: string, exitCode: 1 | 2 = 1) {
    super(sentence);
    this.exitCode = exitCode;
  }
}
