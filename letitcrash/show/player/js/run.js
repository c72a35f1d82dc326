// One run of the player, and everything that is read from its events.
import { unpack } from "./unpack.js";
import { Messages } from "./messages.js";
import { Replay } from "./replay.js";
import { storeFacts } from "./store_facts.js";
import { sentence } from "./event_sentences.js";
import { processNames } from "./process_names.js";

/** Events that may grow at their end, and what they tell. */
export class Run {
  constructor(packed, name) {
    this.name = name;
    this.events = unpack(packed);
    this.total = packed.total;
    this.until = packed.until ?? 0;
    this.notes = packed.notes ?? [];
    this.messages = new Messages().extend(this.events);
    this.read();
  }
  append(packed) {
    const more = unpack(packed);
    for (const event of more) this.events.push(event);
    this.total += more.length;
    this.until = packed.until ?? this.until;
    this.notes = packed.notes?.length ? packed.notes : this.notes;
    this.messages.extend(this.events);
    this.read();
    return more.length;
  }
  /** The event at `place` as a sentence. */
  sentence(place) {
    const isDead = (pid) => (this.messages.lives.get(pid)?.to ?? Infinity) < place;
    return sentence(this.events[place], this.nameOf, { isDead, crossed: this.messages.byPosition.get(place)?.departed != null });
  }
  read() {
    this.facts = storeFacts(this.events);
    this.nameOf = processNames(this.events);
    this.replay ??= new Replay(this.events);
    this.span = Math.max(this.until, this.events.at(-1)?.at ?? 0) - (this.events[0]?.at ?? 0);
  }
}
