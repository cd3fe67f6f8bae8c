// The faces: one tile for each in the room, a picture on it when there is one.

export class Tiles {
  /** `list` holds the tiles as served; `words` the states in the reader's language. */
  constructor(list, { me, words }) {
    Object.assign(this, { list, me, words });
  }

  of(who) {
    return this.list.querySelector(`[data-who="${CSS.escape(who)}"]`);
  }

  name(who) {
    return this.of(who)?.querySelector("bdi").textContent ?? "";
  }

  enter(who) {
    this.of(who)?.classList.remove("absent");
  }

  came(who) {
    this.enter(who);
    this.say(who, this.words.tileWaiting);
  }

  proved(who, stream) {
    this.show(who, stream);
    this.say(who, "");
  }

  cut(who) {
    this.say(who, this.words.tileCut);
  }

  refused(who) {
    this.leave(who);
    this.say(who, this.words.tileRefused);
  }

  left(who) {
    this.leave(who);
  }

  /** The line carries again: what was last said of them holds. */
  back(who) {
    this.say(who, this.of(who)?.dataset.how ?? "");
  }

  leave(who) {
    const tile = this.of(who);
    if (!tile) return;
    tile.classList.add("absent");
    tile.classList.remove("speaks");
    this.show(who, null);
    this.say(who, "");
  }

  /** The picture and voice of somebody; null takes them away. One's own voice is not played back. */
  show(who, stream) {
    const tile = this.of(who);
    const before = tile?.querySelector("video");
    if (!stream) return before?.remove();
    const muted = who === this.me;
    const video = Object.assign(before ?? document.createElement("video"), { autoplay: true, playsInline: true, muted, srcObject: stream });
    if (tile && !before) tile.querySelector(".role").before(video);
    if (this.speaker) video.setSinkId?.(this.speaker).catch(() => {});
    video.play().catch(() => {}); // begins when the page is next touched
  }

  /** {mic, camera}: what the others are told, in words, and the face in place of a dark picture. */
  state(who, { mic, camera }) {
    const { tileMuted, tileDark } = this.words;
    const video = this.of(who)?.querySelector("video");
    if (video) video.hidden = !camera;
    const how = [!mic && tileMuted, !camera && tileDark].filter(Boolean).join(", ");
    if (this.of(who)) this.of(who).dataset.how = how;
    this.say(who, how);
  }

  say(who, words) {
    const how = this.of(who)?.querySelector(".how");
    if (how) how.textContent = words && `· ${words}`;
  }

  speaks(who, isSpeaking) {
    this.of(who)?.classList.toggle("speaks", isSpeaking);
  }

  /** Voices come out of this loudspeaker. */
  speakThrough(device) {
    if (device === this.speaker) return;
    this.speaker = device;
    for (const video of this.list.querySelectorAll("video")) video.setSinkId?.(device).catch(() => {});
  }
}
