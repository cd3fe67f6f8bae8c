// What is typed is kept until the server has it. Pure: storages and circumstances are handed in.
export const DAYS_KEPT = 14;
const PREFIX = "draft:";
const SENDING = "sending";
const DAY = 24 * 3600 * 1000;

/** The name a draft is kept under: nobody else on the same machine gets it. */
export function draftName(person, key) {
  return `${PREFIX}${person}:${key}`;
}

/** What a form holds that a person can lose: its text, and its choices. */
export function valuesOf(fields) {
  const values = {};
  for (const field of fields) {
    if (!field.name || ["hidden", "password", "file", "submit", "button"].includes(field.type)) continue;
    if (["checkbox", "radio"].includes(field.type)) {
      values[field.name] ??= [];
      if (field.checked) values[field.name].push(field.value);
    } else {
      values[field.name] = field.value;
    }
  }
  return values;
}

/** Put kept values back into the fields; tells whether anything changed. */
export function putBack(fields, values) {
  let changed = false;
  for (const field of fields) {
    if (!(field.name in values)) continue;
    const kept = values[field.name];
    if (["checkbox", "radio"].includes(field.type)) {
      const checked = kept.includes(field.value);
      changed ||= field.checked !== checked;
      field.checked = checked;
    } else if (field.type !== "hidden" && field.value !== kept) {
      field.value = kept;
      changed = true;
    }
  }
  return changed;
}

/** Keep `values` typed over `base` (what the server had put there). */
export function keep(storage, name, values, base, now) {
  if (JSON.stringify(values) === JSON.stringify(base)) storage.removeItem(name);
  else storage.setItem(name, JSON.stringify({ values, base, at: now }));
}

/** The kept values, unless they are old or the server's own text has moved on since. */
export function recall(storage, name, base, now) {
  const kept = parsed(storage.getItem(name));
  if (!kept) return null;
  const isOld = now - kept.at > DAYS_KEPT * DAY;
  if (isOld || JSON.stringify(kept.base) !== JSON.stringify(base)) {
    storage.removeItem(name);
    return null;
  }
  return kept.values;
}

/** Remember which draft is on its way, so that the page after it can tell whether it arrived. */
export function sending(session, key) {
  session.setItem(SENDING, key);
}

/** Forget a draft that the server has. */
export function forget({ local, session, person }, key) {
  for (const storage of [local, session]) storage.removeItem(draftName(person, key));
}

/**
 * On every page: a draft on its way has arrived when this page is the answer to it. It is not when the person went
 * back, typed an address, was refused, or got the form again with errors. Drafts of other people are dropped.
 */
export function settle(page) {
  const { local, session, person, navigation, referrer, isRefused, failed, now } = page;
  const key = session.getItem(SENDING);
  session.removeItem(SENDING);
  const isAnswer = navigation !== "back_forward" && referrer !== "" && !isRefused;
  if (key && isAnswer && !failed.includes(key)) forget(page, key);
  for (const storage of [local, session]) {
    for (const name of Object.keys(storage).filter((each) => each.startsWith(PREFIX))) {
      const isStrangers = person && !name.startsWith(draftName(person, ""));
      const isOld = now - (parsed(storage.getItem(name))?.at ?? 0) > DAYS_KEPT * DAY;
      if (isStrangers || isOld) storage.removeItem(name);
    }
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
