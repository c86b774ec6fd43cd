/**
 * The screen of the legacy programs: FoxPro's `?` begins a new line with a text, `??` goes on in the same line.
 * Where a line ends is the screen's business: the programs only ever begin one.
 */
export interface Screen {
  /** `?`: a new line that begins with `text`. */
  line(text: string): void;
  /** `??`: `text` where the last one ended. */
  append(text: string): void;
}

/** A screen that shows nothing. */
export const blankScreen: Screen = { line: () => undefined, append: () => undefined };

/** A screen over a stream of text: a line is ended when the next one begins, or by `end`. */
export class TextScreen implements Screen {
  readonly #write: (text: string) => void;
  #open = false;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  line(text: string): void {
    this.#write(this.#open ? `\n${text}` : text);
    this.#open = true;
  }

  append(text: string): void {
    this.#write(text);
    this.#open = true;
  }

  end(): void {
    if (this.#open) this.#write('\n');
    this.#open = false;
  }
}
