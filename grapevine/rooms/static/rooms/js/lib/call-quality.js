// How fine a picture may be when it has to be sent to each of the others. Pure.
const STEPS = [
  { upTo: 2, height: 720, frames: 30, bits: 1_500_000 },
  { upTo: 3, height: 480, frames: 30, bits: 800_000 },
  { upTo: 4, height: 360, frames: 24, bits: 500_000 },
  { upTo: 6, height: 270, frames: 20, bits: 300_000 },
  { upTo: 8, height: 180, frames: 15, bits: 180_000 },
];
export const MOST_FACES = 8;
const VOICE = 32_000;

/** Height, frames a second and bits a second for each of the others, for so many faces (ours among them). */
export function quality(faces) {
  const { height, frames, bits } = STEPS.find((step) => faces <= step.upTo) ?? STEPS.at(-1);
  return { height, frames, bits };
}

/** What the sender of a picture is told, for a camera of this height. */
export function encoding(faces, cameraHeight) {
  const { height, frames, bits } = quality(faces);
  return { maxBitrate: bits, maxFramerate: frames, scaleResolutionDownBy: Math.max(1, cameraHeight / height) };
}

/** What the sender of a voice is told. */
export function voice() {
  return { maxBitrate: VOICE };
}
