// The state of a run at any moment, from the table of events: as letitcrash/show/player/reducer.py has it.
import { CHANGES } from "./state_changes.js";

/** The state before the first event. */
export const start = () => ({
  n: 0, at: 0, line: null, tills: {}, lines: {}, customers: {}, served: 0, balked: 0, reneged: 0,
  processes: {}, names: {}, mailboxes: {}, links: [], timers: {}, lost: 0, supervisors: {}, nodes: {}, wires: {},
  stores: {}, board: null, door: null, sorry: null, refused: 0,
  shelves: {}, ttl: null, changed: {}, news_stopped: false, fetches: 0, failures: 0,
});

/** The needs and changes of each kind of event: {needs, changes: [[change, arguments]]}, an argument being a function of the event. */
const RULES = Object.fromEntries(Object.entries(EVENT_TABLE.events).map(([kind, { needs, changes = [] }]) => [kind, {
  needs, changes: changes.map(([name, ...parts]) => [CHANGES[name], parts.map(argument)]),
}]));
function argument(part) {
  if (typeof part !== "string" || !/^[$?]/.test(part)) return () => part;
  const field = part.slice(1);
  return (event) => event[field] ?? null;
}

/** `state` after `event`: it is changed in place. */
export function apply(state, event) {
  if (event.state) return structuredClone(event.state); // the trace was thinned here
  const rule = RULES[event.kind];
  if (rule && rule.needs.every((field) => field in event))
    for (const [change, parts] of rule.changes) change(state, ...parts.map((part) => part(event)));
  state.n += 1;
  state.at = Math.max(state.at, event.at ?? 0);
  return state;
}

/** The restarts that still count at virtual `second`, newest first. */
export const windowAt = (supervisor, second) => supervisor.window.filter((at) => at >= Math.floor(second) - supervisor.period);

/** A run that can be read forwards, backwards and anywhere: states are kept at every so many events and replayed between. */
export class Replay {
  constructor(events) {
    this.events = events;
    this.frames = new Map([[0, start()]]);
    this.count = 0;
    this.state = start();
  }
  /** The state after `count` events; it is the replay's own, to look at and not to keep. */
  seek(count) {
    count = Math.max(0, Math.min(count, this.events.length));
    const every = Math.max(64, Math.ceil(this.events.length / 100));
    if (count < this.count || count > this.count + every) {
      let frame = 0;
      for (const kept of this.frames.keys()) if (kept <= count && kept > frame) frame = kept;
      if (count < this.count || frame > this.count) {
        this.state = structuredClone(this.frames.get(frame));
        this.count = frame;
      }
    }
    while (this.count < count) {
      this.state = apply(this.state, this.events[this.count]);
      this.count += 1;
      if (this.count % every === 0 && !this.frames.has(this.count)) this.frames.set(this.count, structuredClone(this.state));
    }
    return this.state;
  }
}
