import { text } from './i18n.js';
import { testPicture } from './test-picture.js';

/**
 * A picture to publish.
 *
 * @typedef {object} Source
 * @property {MediaStream} stream
 * @property {'motion' | 'detail'} contentHint
 * @property {() => void} stop lets go of the device
 */

/**
 * @typedef {object} Wishes
 * @property {number} height of the picture
 * @property {string} [cameraId]
 * @property {string} [microphoneId]
 * @property {boolean} stereo
 * @property {File} [file]
 */

const stopTracks = (stream) => () => stream.getTracks().forEach((track) => track.stop());

const sound = ({ microphoneId, stereo }) => ({
  deviceId: microphoneId ? { exact: microphoneId } : undefined,
  // What helps speech spoils music.
  echoCancellation: !stereo,
  noiseSuppression: !stereo,
  autoGainControl: !stereo,
  channelCount: stereo ? 2 : 1,
});

const picture = (height) => ({
  width: { ideal: Math.round((height * 16) / 9) },
  height: { ideal: height },
  frameRate: { ideal: 30, max: 30 },
});

/** @type {Record<string, (wishes: Wishes) => Promise<Source>>} */
const OPENERS = {
  async camera(wishes) {
    const { cameraId, height } = wishes;
    const video = { ...picture(height), deviceId: cameraId ? { exact: cameraId } : undefined, facingMode: cameraId ? undefined : 'user' };
    const stream = await withOrWithoutSound(wishes, (audio) => navigator.mediaDevices.getUserMedia({ video, audio }));
    return { stream, contentHint: 'motion', stop: stopTracks(stream) };
  },

  async screen(wishes) {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: picture(wishes.height), audio: true });
    if (stream.getAudioTracks().length === 0) {
      // The screen brought no sound of its own: the host's voice, if it may be had.
      const voice = await navigator.mediaDevices.getUserMedia({ audio: sound(wishes) }).catch(() => null);
      voice?.getAudioTracks().forEach((track) => stream.addTrack(track));
    }
    return { stream, contentHint: 'detail', stop: stopTracks(stream) };
  },

  async file({ file }) {
    const video = Object.assign(document.createElement('video'), { src: URL.createObjectURL(file), loop: true, playsInline: true });
    // Heard by the viewers, not by the host: a muted element would capture silence, a low volume does not matter to it.
    video.volume = 0;
    await video.play().catch((error) => {
      throw new Error(`This file cannot be played here: ${error.message}`);
    });
    const stream = video.captureStream?.() ?? video.mozCaptureStream();
    return {
      stream,
      contentHint: 'motion',
      stop() {
        stopTracks(stream)();
        video.pause();
        URL.revokeObjectURL(video.src);
      },
    };
  },

  async 'canvas-clock'() {
    const { stream, stop } = testPicture();
    return {
      stream,
      contentHint: 'motion',
      stop() {
        stopTracks(stream)();
        stop();
      },
    };
  },
};

export const SOURCE_NAMES = Object.keys(OPENERS);

/**
 * @param {string} name one of {@link SOURCE_NAMES}
 * @param {Wishes} wishes
 */
export function openSource(name, wishes) {
  return OPENERS[name](wishes);
}

/** A computer without a microphone can still show a picture. */
async function withOrWithoutSound(wishes, open) {
  try {
    return await open(sound(wishes));
  } catch (error) {
    if (error.name !== 'NotFoundError') throw error;
    return open(false);
  }
}

/** True when a camera may be opened without the browser asking the user first. */
export async function cameraIsGranted() {
  const permission = await navigator.permissions?.query({ name: 'camera' }).catch(() => null);
  return permission?.state === 'granted';
}

/**
 * Cameras and microphones by name. Names are known once the user has let one of them be opened.
 *
 * @returns {Promise<{cameras: MediaDeviceInfo[], microphones: MediaDeviceInfo[]}>}
 */
export async function devices() {
  const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  const named = (kind) => all.filter((device) => device.kind === kind && device.deviceId);
  return { cameras: named('videoinput'), microphones: named('audioinput') };
}

/** @param {Error} error of {@link openSource} */
export function explain(error) {
  switch (error.name) {
    case 'NotAllowedError':
      return text('error.not-allowed');
    case 'NotFoundError':
      return text('error.not-found');
    case 'NotReadableError':
      return text('error.in-use');
    case 'TypeError':
      return text('error.insecure');
    default:
      return error.message;
  }
}
