import { z } from 'zod';
import { isSameContent } from '#lib/qa/review_content.ts';
import { type ReviewContent, reviewContentSchema } from '#lib/qa/review_schema.ts';

/** How a draft stands: on its way, kept at an instant, kept on this machine only, or changed or made final in another window. */
export type SaveState =
  | { kind: 'idle' | 'saving' | 'unsaved' | 'final' }
  | { kind: 'saved'; at: string }
  | { kind: 'outdated'; theirs: Kept };

/** What is kept of a review, and which save of it that is. */
interface Kept {
  revision: number;
  content: ReviewContent;
}

const keptSchema = z.object({ revision: z.int(), content: reviewContentSchema });
const pauseMs = 600;
const retryMs = 3000;
const idleMs = 60_000;

/** Keeps a draft as it is written: on this machine at once, at the server after a pause, and again until it gets there. */
export class DraftKeeper {
  content: ReviewContent = $state.raw({ answers: {}, quotes: [], comment: '' });
  state: SaveState = $state.raw({ kind: 'idle' });
  wasRestored = $state(false);
  #revision: number;
  #id: number;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #sending: Promise<void> | null = null;
  #isDirty = false;
  /** What was sent last without an answer yet: it may have got there all the same. */
  #unanswered: ReviewContent | null = null;
  #worked = 0;
  #lastAct = Date.now();

  constructor(id: number, revision: number, content: ReviewContent) {
    this.#id = id;
    this.#revision = revision;
    this.content = content;
  }

  /** Takes up what this machine kept of the same revision and the server never got. */
  restore(): void {
    const text = localStorage.getItem(this.#key);
    const kept = text === null ? null : readKept(parsed(text));
    if (!kept) return;
    // The last save got there, its answer did not get back.
    if (isSameContent(kept.content, this.content)) return localStorage.removeItem(this.#key);
    this.wasRestored = true;
    if (kept.revision === this.#revision) return this.change(kept.content);
    // Another window saved since: both stand, until one is chosen.
    const theirs = { revision: this.#revision, content: this.content };
    this.content = kept.content;
    this.#isDirty = true;
    this.state = { kind: 'outdated', theirs };
  }

  change(content: ReviewContent): void {
    this.content = content;
    this.#isDirty = true;
    this.#act();
    localStorage.setItem(this.#key, JSON.stringify({ revision: this.#revision, content }));
    if (this.state.kind !== 'outdated' && this.state.kind !== 'final') this.#plan(pauseMs);
  }

  /** Counts a second of work unless nothing was done for a minute or nobody looks. */
  tick(): void {
    if (document.visibilityState === 'visible' && Date.now() - this.#lastAct < idleMs) this.#worked += 1;
  }

  #act = (): void => {
    this.#lastAct = Date.now();
  };

  /** Notes that somebody is at work. */
  seen = this.#act;

  /** Sends what is not kept yet; also when the page is about to go. */
  async flush(isLeaving = false): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#sending;
    if (!this.#isDirty || this.state.kind === 'outdated' || this.state.kind === 'final') return;
    this.#sending = this.#send(isLeaving);
    await this.#sending;
  }

  /** Makes the review final; returns the next one, or null where nothing is left. Where it was refused, `state` says why. */
  async submit(): Promise<{ next: number | null } | null> {
    await this.flush();
    if (this.state.kind === 'outdated' || this.state.kind === 'unsaved' || this.state.kind === 'final') return null;
    const response = await this.#post('submit', false).catch(() => null);
    const answer: unknown = (await response?.json().catch(() => null)) ?? null;
    // Final already: an earlier answer was lost on its way.
    const isFinal = response?.status === 409 && textOf(answer, 'kind') === 'submitted';
    if (!response?.ok && !isFinal) {
      this.#refused(response?.status ?? null, answer, this.#unanswered);
      return null;
    }
    localStorage.removeItem(this.#key);
    const next = typeof answer === 'object' && answer !== null && 'next' in answer ? answer.next : null;
    return { next: typeof next === 'number' ? next : null };
  }

  get #key(): string {
    return `review ${this.#id}`;
  }

  #plan(ms: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), ms);
  }

  async #send(isLeaving: boolean): Promise<void> {
    const sent = this.content;
    const before = this.#unanswered;
    this.#unanswered = sent;
    this.state = { kind: 'saving' };
    const response = await this.#post('draft', isLeaving).catch(() => null);
    const answer: unknown = (await response?.json().catch(() => null)) ?? null;
    if (!response?.ok) return this.#refused(response?.status ?? null, answer, before);
    this.#unanswered = null;
    if (typeof answer !== 'object' || answer === null || !('revision' in answer && 'savedAt' in answer)) return;
    this.#revision = Number(answer.revision);
    this.state = { kind: 'saved', at: String(answer.savedAt) };
    if (this.content === sent) {
      this.#isDirty = false;
      localStorage.removeItem(this.#key);
    } else this.#plan(pauseMs);
  }

  #post(what: 'draft' | 'submit', keepalive: boolean): Promise<Response> {
    const workedSeconds = this.#worked;
    this.#worked = 0;
    return fetch(`/quality/reviews/${this.#id}/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ revision: this.#revision, content: this.content, workedSeconds }),
      keepalive,
    }).catch((cause: unknown) => {
      this.#worked += workedSeconds;
      throw cause;
    });
  }

  /** After another window saved: goes on with what it has, or puts what stands here on top of it. */
  settle(whose: 'theirs' | 'mine'): void {
    if (this.state.kind !== 'outdated') return;
    const { theirs } = this.state;
    this.#revision = theirs.revision;
    this.state = { kind: 'idle' };
    if (whose === 'mine') return this.change(this.content);
    this.content = theirs.content;
    this.#isDirty = false;
    localStorage.removeItem(this.#key);
  }

  /** Goes on from a save that was not kept. One that this window sent `before` and heard nothing of is no other window's. */
  #refused(status: number | null, answer: unknown, before: ReviewContent | null): void {
    const theirs = typeof answer === 'object' && answer !== null && 'theirs' in answer ? readKept(answer.theirs) : null;
    if (theirs) {
      const isOwn = [before, this.content].some((one) => one !== null && isSameContent(one, theirs.content));
      if (!isOwn) {
        this.state = { kind: 'outdated', theirs };
        return;
      }
      this.#revision = theirs.revision;
      return this.#plan(0);
    }
    this.state = { kind: status === 409 ? 'final' : 'unsaved' };
    if (status !== 409) this.#plan(retryMs);
  }
}

function readKept(given: unknown): Kept | null {
  const read = keptSchema.safeParse(given);
  return read.success ? read.data : null;
}

function textOf(answer: unknown, key: string): string | null {
  if (typeof answer !== 'object' || answer === null) return null;
  const value: unknown = Reflect.get(answer, key);
  return typeof value === 'string' ? value : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
