// Who speaks: heard in the browser, told to nobody.
const LOUD = 0.03;
const QUIET = 0.015;
const BREATH = 700;
const LOOK_EVERY = 120;

/** How loud a moment of sound is, 0 to 1. */
export function loudness(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length ? Math.sqrt(sum / samples.length) : 0;
}

/** Whether somebody speaks: begins when it is loud, lasts over a breath. `before` is {is, at}; `at` when it was last loud. */
export function speaks(before, loud, now) {
  const isLoud = loud > (before.is ? QUIET : LOUD);
  if (isLoud) return { is: true, at: now };
  return { is: before.is && now - before.at < BREATH, at: before.at };
}

/** Listens to several voices and says `tell(who, isSpeaking)` when it changes, `level(who, 0..1)` each time. */
export class Ears {
  constructor({ tell, level = () => {} }) {
    Object.assign(this, { tell, level, voices: new Map() });
    this.sound = new AudioContext();
    this.timer = setInterval(() => this.look(), LOOK_EVERY);
  }

  add(who, stream) {
    this.remove(who);
    if (!stream.getAudioTracks().length) return;
    const source = this.sound.createMediaStreamSource(stream);
    const analyser = Object.assign(this.sound.createAnalyser(), { fftSize: 512 });
    source.connect(analyser);
    this.voices.set(who, { source, analyser, samples: new Float32Array(512), state: { is: false, at: 0 } });
    if (this.sound.state === "suspended") this.sound.resume().catch(() => {});
  }

  remove(who) {
    const voice = this.voices.get(who);
    voice?.source.disconnect();
    if (voice?.state.is) this.tell(who, false);
    this.voices.delete(who);
  }

  look() {
    for (const [who, voice] of this.voices) {
      voice.analyser.getFloatTimeDomainData(voice.samples);
      const loud = loudness(voice.samples);
      const state = speaks(voice.state, loud, performance.now());
      if (state.is !== voice.state.is) this.tell(who, state.is);
      voice.state = state;
      this.level(who, Math.min(1, loud * 6));
    }
  }

  close() {
    clearInterval(this.timer);
    this.voices.clear();
    this.sound.close().catch(() => {});
  }
}
