// Camera, microphone and loudspeaker: tried before one is seen, and chosen again whenever one likes.
import { Ears } from "lib/call-speaking";

const PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

export class Devices {
  /** `dialog` is the sheet where one looks at oneself; `changed()` is told when the tracks are other ones. */
  constructor(dialog, { changed, trouble }) {
    Object.assign(this, { dialog, changed, trouble, tracks: { audio: null, video: null }, isMuted: false });
    this.preview = dialog.querySelector("video");
    this.selects = Object.fromEntries([...dialog.querySelectorAll("select")].map((select) => [select.dataset.kind, select]));
    dialog.addEventListener("change", ({ target }) => this.choose(target.dataset.kind));
    navigator.mediaDevices?.addEventListener("devicechange", () => this.list());
  }

  /** Open the sheet: ask for both, for one when the other is not there, and come with neither if it must be. */
  async look() {
    this.dialog.showModal();
    if (!this.tracks.audio && !this.tracks.video) await this.begin();
    await this.list();
    this.show();
    this.ears ??= new Ears({ tell: () => {}, level: (_, loud) => (this.dialog.querySelector("meter").value = loud) });
    this.listen();
    this.dialog.addEventListener("close", () => this.deafen(), { once: true });
  }

  /** One question of the browser for both; where one of them is not there, the other alone. */
  async begin() {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: SOUND, video: PICTURE });
      for (const track of stream.getTracks()) this.keep(track.kind, track);
      this.trouble("");
    } catch {
      const found = [await this.get("audio"), await this.get("video")];
      this.trouble(found.some(Boolean) ? "" : "refusedDevices");
    }
  }

  /** A track of this kind from a device (any, when none is named); false when there is none for us. */
  async get(kind, device) {
    const wanted = { ...(kind === "audio" ? SOUND : PICTURE), ...(device && { deviceId: { exact: device } }) };
    try {
      const [track] = (await navigator.mediaDevices.getUserMedia({ [kind]: wanted })).getTracks();
      this.keep(kind, track);
      return true;
    } catch {
      this.keep(kind, null);
      return false;
    }
  }

  keep(kind, track) {
    this.tracks[kind]?.stop();
    this.tracks[kind] = track;
    if (kind === "audio" && track) track.enabled = !this.isMuted;
    track?.addEventListener("ended", () => this.tracks[kind] === track && this.keep(kind, null));
    this.changed();
  }

  async choose(kind) {
    const device = this.selects[kind].value;
    if (kind === "audiooutput") return this.changed();
    const media = kind === "audioinput" ? "audio" : "video";
    device ? await this.get(media, device) : this.keep(media, null);
    this.show();
    this.listen();
  }

  get speaker() {
    return this.selects.audiooutput.value;
  }

  async list() {
    const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    for (const [kind, select] of Object.entries(this.selects)) {
      const before = select.value;
      const found = devices.filter((device) => device.kind === kind && device.deviceId);
      for (const old of select.querySelectorAll("option:not([value=''])")) old.remove();
      select.append(...found.map(({ label, deviceId }) => new Option(label, deviceId)));
      const track = this.tracks[{ audioinput: "audio", videoinput: "video" }[kind]];
      select.value = track?.getSettings().deviceId ?? (kind === "audiooutput" ? before || found[0]?.deviceId : "");
    }
    const canChoose = "setSinkId" in HTMLMediaElement.prototype && this.selects.audiooutput.length > 1;
    this.selects.audiooutput.closest(".field").hidden = !canChoose;
  }

  async mute(isMuted) {
    this.isMuted = isMuted;
    if (!this.tracks.audio && !isMuted) return this.get("audio", this.selects.audioinput.value);
    if (this.tracks.audio) this.tracks.audio.enabled = !isMuted;
    this.changed();
  }

  /** Off means off: the camera's own light goes out. */
  async darken(isDark) {
    isDark ? this.keep("video", null) : await this.get("video", this.selects.videoinput.value);
  }

  show() {
    this.preview.srcObject = this.tracks.video && new MediaStream([this.tracks.video]);
  }

  listen() {
    this.ears?.remove("me");
    if (this.tracks.audio) this.ears?.add("me", new MediaStream([this.tracks.audio]));
  }

  deafen() {
    this.ears?.close();
    this.ears = this.preview.srcObject = null;
  }

  stop() {
    for (const kind of ["audio", "video"]) this.keep(kind, null);
    this.isMuted = false;
  }
}
