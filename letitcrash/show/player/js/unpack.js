// A run as it travels: columns by kind, put back into one list of events.

export const FORMAT = 1;

/** The events of a packed run, oldest first. Events of a thinned run carry their index in the trace. */
export function unpack(packed) {
  const { kinds, kind, at, fields, numbers, skips } = packed;
  const next = kinds.map(() => 0), events = new Array(kind.length);
  for (let i = 0; i < kind.length; i++) {
    const name = kinds[kind[i]], row = next[kind[i]]++, event = { kind: name, at: at[i] };
    for (const [field, values] of Object.entries(fields[kind[i]])) {
      const value = values[row];
      if (!(value && value.missing === true)) event[field] = value;
    }
    if (numbers) event.traceIndex = numbers[i];
    events[i] = event;
  }
  for (const [i, skip] of Object.entries(skips ?? {})) Object.assign(events[i], skip);
  return events;
}
