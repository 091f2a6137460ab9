import { element, icon, setText } from './dom.js';
import { text } from './i18n.js';

/** Who is on stage beside the host: a small picture or a name each, and the sound of all but oneself. */
export class GuestTiles {
  #root;
  #tiles = new Map();
  #volume = 0;
  #addTo;

  /**
   * @param {HTMLElement} root
   * @param {import('../sdk/viewer.js').Viewer} session
   * @param {(tile: HTMLElement, guest: import('../sdk/viewer.js').Guest) => void} [addTo] what a page adds to each tile
   */
  constructor(root, session, addTo = () => {}) {
    this.#root = root;
    this.#addTo = addTo;
    session.addEventListener('guests', ({ detail }) => this.#show(detail));
    this.#show(session.guests);
  }

  /** @param {number} volume of all, 0 to 1 */
  setVolume(volume) {
    this.#volume = volume;
    for (const { audio, guest } of this.#tiles.values()) this.#sound(audio, guest);
  }

  #show(guests) {
    const there = new Set(guests.map(({ place }) => place));
    for (const [place, { tile }] of this.#tiles) {
      if (there.has(place)) continue;
      tile.remove();
      this.#tiles.delete(place);
    }
    for (const guest of guests) this.#update(guest);
    this.#root.hidden = guests.length === 0;
  }

  #update(guest) {
    let made = this.#tiles.get(guest.place);
    if (made && made.guest.viewer !== guest.viewer) {
      made.tile.remove();
      made = undefined;
    }
    made ??= this.#make(guest);
    this.#tiles.set(guest.place, { ...made, guest });
    const { tile, video, audio } = made;
    tile.dataset.live = guest.live ? 'yes' : 'no';
    setText(tile.querySelector('.name'), guest.isOwn ? text('guest.you') : guest.name || guest.viewer);
    play(video, guest.stream.getVideoTracks()[0]);
    play(audio, guest.stream.getAudioTracks()[0]);
    this.#sound(audio, guest);
  }

  #make(guest) {
    // Two elements: one that waits for the first picture of a guest without a camera would keep the voice back.
    const video = element('video', { playsinline: '', autoplay: '' });
    const audio = element('audio', { autoplay: '' });
    video.muted = true;
    const tile = element('figure', { class: 'guest', 'data-guest': guest.viewer, 'data-place': String(guest.place) });
    tile.append(icon('stage'), video, audio, element('figcaption', { class: 'name' }));
    // A microphone alone has no picture: the name stands for it.
    const look = () => (tile.dataset.picture = video.videoWidth > 0 ? 'yes' : 'no');
    for (const event of ['resize', 'loadedmetadata', 'emptied']) video.addEventListener(event, look);
    look();
    this.#addTo(tile, guest);
    this.#root.append(tile);
    return { tile, video, audio };
  }

  #sound(audio, guest) {
    audio.muted = guest.isOwn || this.#volume === 0;
    if (!audio.muted) audio.volume = this.#volume;
    audio.play().catch(() => {}); // Refused before a gesture; the main picture asks for one.
  }
}

/** Each link brings tracks of its own. */
function play(media, track) {
  if (track === undefined || media.srcObject?.getTracks()[0] === track) return;
  media.srcObject = new MediaStream([track]);
  media.play().catch(() => {});
}
