/** A text that is not JSON; the message says where. */
export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError';
}

export type ValueKind = 'object' | 'array' | 'scalar';

/** What a walk reports: values as they begin, unless inside one that is skipped; those to take also with their text as they end. */
export interface Visitor {
  begin(path: readonly string[], kind: ValueKind): 'take' | 'enter' | 'skip';
  take(path: readonly string[], text: string): void;
}

interface Container {
  isArray: boolean;
  key: string;
  wantsKey: boolean;
}

const pathDepth = 3;

/**
 * Walks one JSON value given in blocks of text, however large, holding no more of it than the value being taken.
 * A path has the keys from the top ('' in arrays). Errors: JsonSyntaxError.
 */
export class JsonWalk {
  readonly #visitor: Visitor;
  readonly #stack: Container[] = [];
  #text = '';
  #at = 0;
  #before = 0;
  #takenFrom = -1;
  #takenDepth = 0;
  #skippedDepth = -1;
  #isComplete = false;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  get isComplete(): boolean {
    return this.#isComplete;
  }

  get #isInside(): boolean {
    return this.#takenFrom >= 0 || this.#skippedDepth >= 0;
  }

  /** Walks on through a block; stops behind the value and tells what of the block is left. */
  feed(block: string, last: boolean): string {
    const keep = this.#takenFrom >= 0 ? this.#takenFrom : this.#at;
    this.#text = this.#text.slice(keep) + block;
    this.#before += keep;
    this.#at -= keep;
    if (this.#takenFrom >= 0) this.#takenFrom = 0;
    while (!this.#isComplete && this.#at < this.#text.length) if (!this.#step(last)) break;
    if (last && !this.#isComplete)
      throw new JsonSyntaxError(`it ends in the middle, after ${this.#before + this.#text.length} characters`);
    return this.#isComplete ? this.#text.slice(this.#at) : '';
  }

  #step(last: boolean): boolean {
    const character = this.#text[this.#at] ?? '';
    switch (character) {
      case ' ':
      case '\t':
      case '\n':
      case '\r':
      case '\ufeff':
        break;
      case '{':
      case '[':
        this.#begin(character === '{' ? 'object' : 'array');
        this.#stack.push({ isArray: character === '[', key: '', wantsKey: character === '{' });
        break;
      case '}':
      case ']': {
        const container = this.#stack.pop();
        if (container?.isArray !== (character === ']')) this.#fail(character);
        this.#at += 1;
        this.#end();
        return true;
      }
      case ',': {
        const container = this.#stack.at(-1);
        if (!container) this.#fail(character);
        else container.wantsKey = !container.isArray;
        break;
      }
      case ':': {
        if (this.#stack.at(-1)?.isArray !== false) this.#fail(character);
        break;
      }
      case '"':
        return this.#string();
      default:
        return this.#scalar(last);
    }
    this.#at += 1;
    return true;
  }

  #string(): boolean {
    let end = this.#at + 1;
    for (;;) {
      end = this.#text.indexOf('"', end);
      if (end < 0) return false;
      let slashes = 0;
      while (this.#text[end - 1 - slashes] === '\\') slashes += 1;
      if (slashes % 2 === 0) break;
      end += 1;
    }
    const container = this.#stack.at(-1);
    if (container?.wantsKey) {
      if (this.#stack.length <= pathDepth && !this.#isInside)
        container.key = this.#parseKey(this.#text.slice(this.#at, end + 1));
      container.wantsKey = false;
      this.#at = end + 1;
      return true;
    }
    this.#begin('scalar');
    this.#at = end + 1;
    this.#end();
    return true;
  }

  #scalar(last: boolean): boolean {
    let end = this.#at;
    while (end < this.#text.length && !' \t\r\n,]}:["{'.includes(this.#text[end] ?? '')) end += 1;
    if (end >= this.#text.length && !last) return false;
    if (!/^(true|false|null|-?\d[\d.eE+-]*|-?Infinity|NaN)$/.test(this.#text.slice(this.#at, end)))
      this.#fail(this.#text.slice(this.#at, end));
    this.#begin('scalar');
    this.#at = end;
    this.#end();
    return true;
  }

  #begin(kind: ValueKind): void {
    if (this.#stack.at(-1)?.wantsKey) this.#fail(this.#text[this.#at] ?? '');
    if (this.#isInside || this.#stack.length > pathDepth) return;
    const wish = this.#visitor.begin(this.#path(), kind);
    if (wish === 'skip') this.#skippedDepth = this.#stack.length;
    if (wish !== 'take') return;
    this.#takenFrom = this.#at;
    this.#takenDepth = this.#stack.length;
  }

  #end(): void {
    if (this.#takenFrom >= 0 && this.#stack.length === this.#takenDepth) {
      const text = this.#text.slice(this.#takenFrom, this.#at);
      this.#takenFrom = -1;
      this.#visitor.take(this.#path(), text);
    }
    if (this.#skippedDepth === this.#stack.length) this.#skippedDepth = -1;
    if (this.#stack.length === 0) this.#isComplete = true;
  }

  #path(): string[] {
    return this.#stack.map((container) => container.key);
  }

  #parseKey(text: string): string {
    try {
      return String(JSON.parse(text));
    } catch {
      return this.#fail(text);
    }
  }

  #fail(found: string): never {
    throw new JsonSyntaxError(
      `${JSON.stringify(found.slice(0, 20))} at character ${this.#before + this.#at + 1} is not JSON`,
    );
  }
}
