// Forms pressed while the line is down, in the order they were pressed. Pure: the storage is handed in.
const NAME = "queue";

/** All that wait. */
export function waiting(storage) {
  try {
    return JSON.parse(storage.getItem(NAME)) ?? [];
  } catch {
    return [];
  }
}

/** Put one form into the queue. The same press (by its `once` key) never waits twice. */
export function enqueue(storage, form) {
  const others = waiting(storage).filter((each) => each.once !== form.once);
  storage.setItem(NAME, JSON.stringify([...others, form]));
}

/** Take one out. */
export function drop(storage, once) {
  const left = waiting(storage).filter((each) => each.once !== once);
  if (left.length) storage.setItem(NAME, JSON.stringify(left));
  else storage.removeItem(NAME);
}

/**
 * Send what waits, oldest first. `send(form)` answers a status, or throws while the line is down. What the server
 * answered leaves the queue, whatever the answer; the first silence ends the round. Answers [[form, status], ...].
 */
export async function flush(storage, person, send) {
  const answered = [];
  for (const form of waiting(storage)) {
    if (form.person !== person) continue;
    let status;
    try {
      status = await send(form);
    } catch {
      break;
    }
    if (status >= 500) break;
    drop(storage, form.once);
    answered.push([form, status]);
  }
  return answered;
}
