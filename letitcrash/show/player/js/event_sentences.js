// Every event as a sentence, by the table of events.
import { capital, cut, isClean, plain, things } from "./text.js";

const { events: EVENTS, fields: FIELDS, lanes: LANES, pid: PID } = EVENT_TABLE;
const MESSAGES = EVENT_TABLE.messages.map(([pattern, envelope, contents]) => ({ pattern: new RegExp(pattern), envelope, contents }));
const PIDS = new RegExp(PID, "g"), UNREACHABLE = ["'noproc'", "'noconnection'"];

/** A message taken out of its envelope: the envelope's name, or null, and the contents as Python writes them. */
function opened(message) {
  for (const { pattern, envelope, contents } of MESSAGES) {
    const found = typeof message === "string" && pattern.exec(message);
    if (found) return { envelope, parts: found.slice(1), contents: contents.replace(/\$(\d)/g, (_, n) => (contents === "$1" ? found[n] : bare(found[n]))) };
  }
  return { envelope: null, parts: [], contents: plain(message) };
}
const bare = (text) => text.replace(/^(['"])(.*)\1$/, "$2");

/** The repr of a value as a reader wants it: fields of None left out, a single field without its name, pids as `nameOf` has them. */
export function readable(text, nameOf) {
  const short = text.replace(/, \w+=None\b/g, "").replace(/(\b[A-Z]\w*\()\w+=([^=]*\))/g, "$1$2");
  return cut(short.replace(PIDS, (pid) => nameOf(pid)));
}
function messageText(value, nameOf) {
  const { envelope, contents } = opened(value), isRepr = envelope ? HOLDS_VALUE[envelope] && contents === bare(contents) : typeof value !== "string" || /^[\w.]*[([{<#]/.test(value);
  return isRepr ? readable(contents, nameOf) : `“${readable(bare(contents), nameOf)}”`;
}
/** Envelopes whose contents are any value; the others say something of a process. */
const HOLDS_VALUE = { call: true, cast: true, answer: true };

const seconds = (count) => `${Math.round(count * 1000) / 1000} s`;
const WRITERS = {
  process: (value, { nameOf }) => nameOf(value),
  message: (value, { nameOf }) => messageText(value, nameOf),
  seconds,
  "place in the mailbox": (value) => (value ? `, number ${value + 1} in its mailbox` : ""),
  numbers: (value) => (Array.isArray(value) ? value.join(", ").replace(/, (\d+)$/, " and $1") : plain(value)),
  "seconds from now": (value, { event }) => seconds(value - event.at),
};

/** Facts that a sentence may ask for besides the event's own fields. `isDead(pid)` tells whether that process has exited before, `crossed` whether the message came over a wire. */
function facts(event, nameOf, { isDead, crossed }) {
  const { envelope, parts, contents } = opened(event.message ?? event.content), dead = event.sender != null && isDead(event.sender);
  const tells = envelope === "down" || envelope === "exit signal" || envelope === "node", bySystem = event.sender == null || dead || parts[0] === event.sender || UNREACHABLE.includes(parts[1]);
  return { clean: isClean(event.reason), crossed, envelope, runtime: (tells && bySystem) || (envelope === "started" && dead), sender_dead: dead, to_alias: /^#\S+$/.test(event.receiver), news: readable(contents, nameOf) };
}

/** The event as a sentence; one of an unknown kind, or without a field, as its fields. `nameOf` writes a pid. */
export function sentence(event, nameOf, { isDead = () => false, crossed = false } = {}) {
  if (event.kind === "Skipped") return `Here ${things(event.skipped, "event is", "events are")} left out of this player; the picture after them is exact.`;
  const says = EVENTS[event.kind]?.says, known = says && { ...facts(event, nameOf, { isDead, crossed }), ...event };
  const holds = (conditions) => Object.entries(conditions).every(([field, value]) => (known[field] ?? null) === value);
  const pattern = says && (Array.isArray(says) ? says.find((one) => typeof one === "string" || holds(one[0])) : says);
  const text = pattern && written(typeof pattern === "string" ? pattern : pattern[1], known, nameOf);
  if (text) return text.startsWith("the ") ? capital(text) : text;
  const fields = Object.entries(event).filter(([name]) => name !== "kind" && name !== "at");
  return `${event.kind}${fields.length ? `: ${fields.map(([name, value]) => `${name} ${cut(plain(value), 40)}`).join(", ")}` : ""}.`;
}

/** The pattern with the event's fields in it; null where one is missing. */
function written(pattern, event, nameOf) {
  let complete = true;
  const text = pattern.replace(/\{(\w+)(?::(\w+))?\}/g, (_, field, noun) => {
    const value = event[field];
    if (value === undefined) complete = false;
    else if (noun) return things(Array.isArray(value) ? value.length : value, noun);
    else return FIELDS[field] ? WRITERS[FIELDS[field]](value, { nameOf, event }) : readable(plain(value), nameOf);
    return "";
  });
  return complete ? text : null;
}

/** True of an event with which something goes wrong. */
export const isCrash = (event) => event.kind === "GaveUp" || event.kind === "NodeCrashed" || (event.kind === "Exited" && !isClean(event.reason));

/** The end of a customer's visit with this event: "served", "turned away"...; undefined where nobody leaves. */
export const leavesAs = (event) => EVENTS[event?.kind]?.leaves;

/** The processes with a part in an event, and all that it is about; of no event, none. */
export const lanesOf = (event) => LANES.map((field) => event?.[field]).filter((pid) => typeof pid === "string");
export const pidsOf = (event) => [...lanesOf(event), event?.other].filter((pid) => typeof pid === "string");
