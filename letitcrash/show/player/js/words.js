// Every event in words.
import { capital, cut, plain, things } from "./text.js";

const short = (value, most) => cut(plain(value), most);
/** A message as one would say it: the envelopes of servers and supervisors taken off, pids by their names. */
function said(value, who) {
  let text = plain(value);
  for (const [pattern, words] of ENVELOPES) text = text.replace(pattern, words);
  if (text === value && !/^[\w.]*[([{<#]/.test(text)) text = `“${text}”`;
  return cut(text.replace(/<[\w@]+\.\d+ [^>]*>/g, (pid) => who(pid)));
}
const ENVELOPES = [
  [/^Call\(request=(.*), caller=.*\)$/, "call $1"], [/^Cast\(message=(.*)\)$/, "cast $1"], [/^Answer\(ref=#\d+, value=(.*)\)$/, "answer $1"],
  [/^Ack\(pid=(.*), value=.*, failed=False\)$/, "“$1 is ready”"], [/^Ack\(pid=(.*), value=(.*), failed=True\)$/, "“$1 failed to start: $2”"],
  [/^ExitSignal\(pid=(<[^>]*>), reason=(.*)\)$/, "the exit signal $2 of $1"], [/^Down\(pid=(.*), reason=(.*), ref=#\d+\)$/, "“$1 is down: $2”"],
];

const seconds = (count) => `${Math.round(count * 1000) / 1000} s`;
const eggs = (e) => `${e.window.length} of ${e.intensity} in ${seconds(e.period)}`;

/** One sentence for each kind of event; `who` writes a pid. */
const WORDS = {
  StoreOpened: (e) => `The store opens: ${things(e.tills, "till", "tills")}, ${e.line === "shared" ? "one line for all" : "a line at each"}.`,
  TillOpened: (e) => `Till ${e.till} opens.`,
  TillClosed: (e) => `Till ${e.till} closes.`,
  Arrived: (e) => `Customer ${e.customer} comes in.`,
  Joined: (e) => (e.line === 0 ? `Customer ${e.customer} joins the line.` : `Customer ${e.customer} joins line ${e.line}.`),
  Started: (e) => `Customer ${e.customer} moves up to till ${e.till}.`,
  Finished: (e) => `Customer ${e.customer} has paid at till ${e.till} and goes home.`,
  Balked: (e) => `Customer ${e.customer} turns away, and has stood in no line.`,
  Reneged: (e) => `Customer ${e.customer} leaves, unserved.`,
  Spawned: (e, who) => `${who(e.parent)} spawns ${who(e.pid)}${e.linked ? ", linked to it" : ""}.`,
  Exited: (e, who) => `${who(e.pid)} exits: ${short(e.reason)}.`,
  Sent: (e, who) => `${who(e.sender)} sends ${said(e.message, who)} to ${who(e.receiver)}.`,
  Dropped: (e, who) => `Lost: ${said(e.message, who)} from ${who(e.sender)}; there is no ${who(e.receiver)}.`,
  Received: (e, who) => `${who(e.pid)} takes ${said(e.message, who)}${e.position ? ` from place ${e.position + 1} of its mailbox` : ""}.`,
  TimedOut: (e, who) => `${who(e.pid)} has waited ${seconds(e.waited)} for a message that did not come.`,
  Slept: (e, who) => `${who(e.pid)} is busy for ${seconds(e.until - e.at)}.`,
  TimerSet: (e, who) => `${who(e.pid)} sets a timer: ${said(e.message, who)} to ${who(e.receiver)} in ${seconds(e.due - e.at)}.`,
  TimerCancelled: (e, who) => `${who(e.pid)} takes its timer ${plain(e.ref)} back.`,
  Registered: (e, who) => `${who(e.pid)} is now called ${e.name}.`,
  Unregistered: (e) => `The name ${e.name} is free again.`,
  Linked: (e, who) => `${who(e.pid)} and ${who(e.other)} are linked.`,
  Unlinked: (e, who) => `${who(e.pid)} undoes its link with ${who(e.other)}.`,
  Monitored: (e, who) => `${who(e.pid)} watches ${who(e.other)}.`,
  Demonitored: (e, who) => `${who(e.pid)} stops watching under ${plain(e.ref)}.`,
  Trapping: (e, who) => `${who(e.pid)} ${e.on ? "takes exit signals as messages" : "no longer takes exit signals as messages"}.`,
  Signalled: (e, who) => `The exit signal ${short(e.reason)} of ${who(e.sender)} reaches ${who(e.receiver)}: ${
    { ignored: "ignored", message: "a message in its mailbox", exits: "it must exit too" }[e.outcome] ?? plain(e.outcome)}.`,
  Misbehaved: (e, who) => `${who(e.pid)} broke a rule: ${short(e.problem)}.`,
  SupervisorStarted: (e, who) => `${who(e.pid)} supervises, ${e.strategy}: at most ${things(e.intensity, "restart", "restarts")} in ${seconds(e.period)}.`,
  ChildStarted: (e, who) => (e.pid === null ? `${who(e.supervisor)} starts ${who(e.id)}, which asks to be left out.` : `${who(e.supervisor)} starts ${e.again ? "again " : ""}its child ${who(e.id)}.`),
  ChildFailed: (e, who) => `${who(e.supervisor)} cannot start its child ${who(e.id)}: ${short(e.reason)}.`,
  ChildExited: (e, who) => `${who(e.supervisor)} hears that its child ${who(e.id)} has left: ${short(e.reason)}.`,
  ChildStopping: (e, who) => `${who(e.supervisor)} asks its child ${who(e.id)} to stop (${e.how}).`,
  ChildStopped: (e, who) => `${who(e.supervisor)} has stopped its child ${who(e.id)}.`,
  ChildRemoved: (e, who) => `${who(e.supervisor)} forgets its child ${who(e.id)}.`,
  Restarted: (e, who) => `${who(e.supervisor)} counts a restart for ${who(e.id)}: ${eggs(e)}.`,
  GaveUp: (e, who) => `${who(e.supervisor)} gives up on ${who(e.id)}: one restart more than ${e.intensity} in ${seconds(e.period)}.`,
  AutoShutdown: (e, who) => `${who(e.supervisor)} closes down: its significant child ${who(e.id)} has finished.`,
  Skipped: (e) => `Here ${things(e.skipped, "event is", "events are")} left out of this player; what is drawn after them is exact.`,
};

/** The event as a sentence; of an unknown kind, its fields as they are. */
export function sentence(event, who) {
  try {
    const text = WORDS[event.kind]?.(event, who);
    if (text && !text.includes("undefined")) return text.startsWith("the ") ? capital(text) : text;
  } catch {
    // a field is missing or of another type: the fields are shown as they are
  }
  const fields = Object.entries(event).filter(([name]) => name !== "kind" && name !== "at");
  return `${event.kind}${fields.length ? `: ${fields.map(([name, value]) => `${name} ${short(value, 40)}`).join(", ")}` : ""}.`;
}

/** The processes that an event is about; of no event, none. */
export const pidsOf = (event) => ["pid", "sender", "receiver", "supervisor", "other"].map((f) => event?.[f]).filter((p) => typeof p === "string");
