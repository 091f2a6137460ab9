/** Two rising tones and a pause, as of a door: heard through talk, and not mistaken for the show. */
const TONES = [
  { hz: 660, atSeconds: 0 },
  { hz: 880, atSeconds: 0.16 },
];
const TONE_SECONDS = 0.32;
const LOUDNESS = 0.25;

/** The sound of an interrupt, made here. The browser lets it be heard after the first press anywhere in the page. */
export class Chime {
  #audio = new AudioContext();

  constructor() {
    const wake = () => this.#audio.resume();
    for (const event of ['pointerdown', 'keydown']) window.addEventListener(event, wake);
  }

  /** @returns {boolean} whether it can be heard */
  ring() {
    if (this.#audio.state !== 'running') return false;
    for (const { hz, atSeconds } of TONES) {
      const from = this.#audio.currentTime + atSeconds;
      const volume = new GainNode(this.#audio, { gain: 0 });
      volume.gain.setValueAtTime(0, from);
      volume.gain.linearRampToValueAtTime(LOUDNESS, from + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.001, from + TONE_SECONDS);
      const tone = new OscillatorNode(this.#audio, { type: 'triangle', frequency: hz });
      tone.connect(volume).connect(this.#audio.destination);
      tone.start(from);
      tone.stop(from + TONE_SECONDS);
    }
    return true;
  }
}
