/** What an error code means, and what usually stands behind it. */
export interface ErrorEntry {
  readonly name: string;
  readonly number: number;
  /** The system's message. */
  readonly message: string;
  /** What usually causes it, the likeliest first. */
  readonly causes: readonly Cause[];
}

export interface Cause {
  /** The functions of which this is true; absent: any. */
  readonly calls?: readonly string[];
  /** The cause, and what to do about it. */
  readonly text: string;
}

/** A cause of any call. */
export function cause(text: string): Cause {
  return { text };
}

/** A cause in these calls: names separated by blanks. */
export function on(calls: string, text: string): Cause {
  return { calls: calls.split(' '), text };
}

/** Name to message and causes: the form in which the files of this folder write the table. */
export type ErrorTexts = Readonly<Record<string, readonly [message: string, ...causes: Cause[]]>>;
