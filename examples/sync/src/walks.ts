// Puts together what comes by the queue: pieces of pages of lists, in any order, once at least. A list is handed on
// when all of it is there, and never again.
import type { SweepResult } from 'tell-connect/worker';
import type { Sql } from './sql.ts';

/** A list, page by page, as the bank sent it. */
export interface Walk {
  path: string;
  pages: string[];
  /** When its first page was asked for, in milliseconds since 1970. */
  began: number;
}

interface Page {
  page: number;
  at: number;
  is_last: number;
  missing: number;
}

export class Walks {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
    sql.exec(`CREATE TABLE IF NOT EXISTS pieces (
      path TEXT, page INTEGER, piece INTEGER, pieces INTEGER, at INTEGER, is_last INTEGER, body TEXT,
      PRIMARY KEY (path, page, piece))`);
    sql.exec('CREATE TABLE IF NOT EXISTS walks (path TEXT PRIMARY KEY, began INTEGER, ended INTEGER)');
  }

  /** Takes a piece; the whole list, if that was the last that was missing. */
  take({ path, page, isLast, at, piece, pieces, body }: SweepResult): Walk | undefined {
    const moment = Date.parse(at);
    // Of a walk that was handed on already, or of a page that was read again since.
    const [done] = this.#sql.exec('SELECT 1 FROM walks WHERE path = ? AND ended >= ?', path, moment).toArray();
    const newer = 'SELECT 1 FROM pieces WHERE path = ? AND page = ? AND at > ?';
    if (done !== undefined || this.#sql.exec(newer, path, page, moment).toArray().length > 0) return undefined;
    this.#sql.exec('DELETE FROM pieces WHERE path = ? AND page = ? AND at < ?', path, page, moment);
    // The pages behind its last are those of an earlier, longer walk.
    if (isLast) this.#sql.exec('DELETE FROM pieces WHERE path = ? AND page > ? AND at < ?', path, page, moment);
    const columns = [path, page, piece, pieces, moment, isLast ? 1 : 0, body] as const;
    this.#sql.exec('INSERT OR IGNORE INTO pieces VALUES (?, ?, ?, ?, ?, ?, ?)', ...columns);
    return this.#whole(path);
  }

  /** When a list was last read to its end, in milliseconds since 1970. */
  lastRead(path: string): number | null {
    const [row] = this.#sql.exec('SELECT began FROM walks WHERE path = ?', path).toArray();
    return row === undefined ? null : Number(row['began']);
  }

  #whole(path: string): Walk | undefined {
    const pages = this.#sql.exec(
      'SELECT page, at, is_last, pieces - count(*) AS missing FROM pieces WHERE path = ? GROUP BY page ORDER BY page',
      path,
    ).toArray() as unknown as Page[];
    const last = pages.at(-1);
    // A page that is older than the one before it is of an earlier walk.
    const isOfOne = pages.every(({ page, at, missing }, index) =>
      page === index + 1 && missing === 0 && at >= (pages[index - 1]?.at ?? 0));
    if (last?.is_last !== 1 || !isOfOne) return undefined;
    const pieces = this.#sql.exec('SELECT page, body FROM pieces WHERE path = ? ORDER BY page, piece', path).toArray();
    const textOf = ({ page }: Page): string =>
      pieces.filter((piece) => piece['page'] === page).map(({ body }) => String(body)).join('');
    const began = pages[0]?.at ?? last.at;
    this.#sql.exec('DELETE FROM pieces WHERE path = ?', path);
    this.#sql.exec('INSERT OR REPLACE INTO walks VALUES (?, ?, ?)', path, began, last.at);
    return { path, pages: pages.map(textOf), began };
  }
}
