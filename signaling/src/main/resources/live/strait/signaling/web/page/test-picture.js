import { drawClock } from './clock-blocks.js';

const WIDTH = 1280;
const HEIGHT = 720;
const FRAMES_PER_SECOND = 30;

/** Bars from light to dark, in colours that a codec must keep apart. */
const BARS = ['#e8eef0', '#e5c65c', '#4fc0d3', '#58b57a', '#c86aa8', '#d6534f', '#3f64c4'];

/**
 * A picture that proves itself: a running clock for people and for machines ({@link drawClock}), a moving dot that
 * shows every missing frame, and a short tone at each full second.
 *
 * @returns {{stream: MediaStream, stop(): void}}
 */
export function testPicture() {
  const canvas = Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT });
  const context = canvas.getContext('2d', { alpha: false });
  const ticker = new Worker(new URL('./ticker.js', import.meta.url));
  const tones = secondTones();
  ticker.onmessage = () => draw(context, Date.now());
  draw(context, Date.now());
  const stream = canvas.captureStream(FRAMES_PER_SECOND);
  stream.addTrack(tones.track);
  return {
    stream,
    stop() {
      ticker.terminate();
      tones.stop();
    },
  };
}

/** @param {CanvasRenderingContext2D} context @param {number} nowMs */
function draw(context, nowMs) {
  const bar = WIDTH / BARS.length;
  BARS.forEach((color, i) => {
    context.fillStyle = color;
    context.fillRect(i * bar, 0, Math.ceil(bar), HEIGHT);
  });
  context.fillStyle = '#0c1418';
  context.fillRect(0, 200, WIDTH, 340);
  drawDigits(context, nowMs);
  drawDot(context, nowMs);
  drawClock(context, nowMs);
}

function drawDigits(context, nowMs) {
  const now = new Date(nowMs);
  const two = (part) => String(part).padStart(2, '0');
  const seconds = `${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
  context.textBaseline = 'alphabetic';
  context.fillStyle = '#f2f6f8';
  context.textAlign = 'left';
  context.font = '700 168px ui-monospace, "Liberation Mono", monospace';
  context.fillText(seconds, 92, 420);
  context.fillStyle = '#4fc0d3';
  context.textAlign = 'right';
  context.font = '700 96px ui-monospace, "Liberation Mono", monospace';
  context.fillText(`.${String(now.getMilliseconds()).padStart(3, '0')}`, WIDTH - 92, 420);
}

/** Once along the line in two seconds. */
function drawDot(context, nowMs) {
  const at = (nowMs % 2000) / 2000;
  context.fillStyle = '#26313a';
  context.fillRect(96, 480, WIDTH - 192, 6);
  context.fillStyle = '#4fc0d3';
  context.beginPath();
  context.arc(96 + at * (WIDTH - 192), 483, 16, 0, 2 * Math.PI);
  context.fill();
}

/** 80 ms of a tone at each full second, an octave higher at each fifth; silence between. */
function secondTones() {
  const audio = new AudioContext();
  const out = audio.createMediaStreamDestination();
  const volume = new GainNode(audio, { gain: 0 });
  const oscillator = new OscillatorNode(audio, { type: 'sine', frequency: 440 });
  oscillator.connect(volume).connect(out);
  oscillator.start();
  const timer = setInterval(() => {
    const second = Math.ceil(Date.now() / 1000);
    const at = audio.currentTime + (second * 1000 - Date.now()) / 1000;
    oscillator.frequency.setValueAtTime(second % 5 === 0 ? 880 : 440, at);
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.3, at + 0.01);
    volume.gain.setValueAtTime(0.3, at + 0.07);
    volume.gain.linearRampToValueAtTime(0, at + 0.08);
  }, 1000);
  // Without a gesture the browser keeps it silent; the first click anywhere sets it going.
  const wake = () => audio.resume();
  window.addEventListener('pointerdown', wake);
  return {
    track: out.stream.getAudioTracks()[0],
    stop() {
      clearInterval(timer);
      window.removeEventListener('pointerdown', wake);
      audio.close();
    },
  };
}
