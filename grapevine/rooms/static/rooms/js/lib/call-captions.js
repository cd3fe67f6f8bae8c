// Captions: each browser writes what its own person says, on the device itself, and hands it to the others of the call.
// A browser that would send the voice elsewhere to be written down does not write. Nothing is kept.
const MOST_LINES = 30;
const LONGEST = 600;
const A_BREATH = 300;

/** Whether this browser can write on the device in this language; it may have to fetch the words for it once. */
export async function canWrite(language, Recognition = globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition) {
  if (!Recognition?.available || !("processLocally" in Recognition.prototype)) return false;
  const how = { langs: [language], processLocally: true };
  const found = await Recognition.available(how).catch(() => "unavailable");
  if (found === "available") return true;
  return found === "downloadable" && (await Recognition.install?.(how).catch(() => false)) === true;
}

export class Captions {
  /** `log` shows what others say; `say(words)` hands on what we said; `tell(what)` says how it stands. */
  constructor(log, { say, tell }) {
    Object.assign(this, { log, say, tell, isOn: false, isHeard: false });
  }

  async turn(isOn) {
    this.isOn = isOn;
    this.log.hidden = !isOn;
    if (isOn) {
      this.can ??= await canWrite(navigator.language);
      this.tell(this.can ? "writes" : "noWriter");
    }
    this.hear(this.isHeard);
  }

  /** Whether the others hear us: who is muted is not written either. */
  hear(isHeard) {
    this.isHeard = isHeard;
    const writes = this.isOn && isHeard && this.can;
    if (writes && !this.recognition) this.begin();
    if (!writes && this.recognition) this.end();
  }

  begin() {
    const recognition = (this.recognition = new (globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition)());
    Object.assign(recognition, { lang: navigator.language, continuous: true, processLocally: true });
    recognition.addEventListener("result", ({ results, resultIndex }) => {
      for (const result of [...results].slice(resultIndex)) if (result.isFinal) this.say(result[0].transcript.trim().slice(0, LONGEST));
    });
    const again = () => recognition === this.recognition && recognition.start();
    recognition.addEventListener("end", () => setTimeout(again, A_BREATH)); // it tires after a silence
    recognition.start();
  }

  end() {
    const { recognition } = this;
    this.recognition = null;
    recognition.abort();
  }

  /** One more line of somebody; the oldest go. */
  write(name, words) {
    const line = document.createElement("p");
    line.append(Object.assign(document.createElement("b"), { textContent: name }), words.slice(0, LONGEST));
    this.log.append(line);
    while (this.log.children.length > MOST_LINES) this.log.firstElementChild.remove();
    this.log.scrollTop = this.log.scrollHeight;
  }

  forget() {
    this.turn(false);
    this.log.replaceChildren();
  }
}
