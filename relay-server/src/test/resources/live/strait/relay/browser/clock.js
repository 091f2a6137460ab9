// A clock that can be read back from a picture: milliseconds as blocks of black and white, drawn at the host and read at
// the viewer. Both pages run on one machine, so both clocks are the same.
(() => {
  const BITS = 24;
  const now = () => performance.timeOrigin + performance.now();

  // One row of blocks across the top: 24 bits of the time in milliseconds, then 4 bits of their sum as a check.
  const COLUMNS = BITS + 4;

  function draw(context, width, height, frame) {
    const time = Math.floor(now()) % 2 ** BITS;
    const side = width / COLUMNS;
    // Something that moves everywhere, so that the encoder has work like a camera's.
    for (let y = 0; y < 6; y++) {
      for (let x = 0; x < 8; x++) {
        context.fillStyle = `hsl(${(x * 40 + y * 25 + frame * 3) % 360} 60% ${40 + 15 * Math.sin((frame + x * y) / 9)}%)`;
        context.fillRect((x * width) / 8, (y * height) / 6, width / 8 + 1, height / 6 + 1);
      }
    }
    context.fillStyle = '#fff';
    context.beginPath();
    context.arc(width / 2 + (width / 3) * Math.cos(frame / 20), height / 2 + (height / 4) * Math.sin(frame / 14), height / 9, 0, 7);
    context.fill();
    context.fillStyle = '#222';
    context.fillRect(0, 0, width, side * 2);
    const check = checksum(time);
    for (let bit = 0; bit < COLUMNS; bit++) {
      const on = bit < BITS ? (time >> bit) & 1 : (check >> (bit - BITS)) & 1;
      context.fillStyle = on ? '#fff' : '#000';
      context.fillRect(bit * side, 0, side, side * 2);
    }
  }

  const checksum = (time) => (time ^ (time >> 4) ^ (time >> 8) ^ (time >> 12) ^ (time >> 16) ^ (time >> 20)) & 15;

  window.straitClock = {
    /** A stream of the clock at so many frames per second, with a tone. */
    stream({ width = 1280, height = 720, fps = 30, toneHz = 440 } = {}) {
      const canvas = document.createElement('canvas');
      canvas.width = width;
      canvas.height = height;
      const context = canvas.getContext('2d', { alpha: false });
      let frame = 0;
      draw(context, width, height, frame);
      setInterval(() => draw(context, width, height, ++frame), 1000 / fps);
      const stream = canvas.captureStream(fps);
      if (toneHz) {
        const audio = new AudioContext();
        const tone = audio.createOscillator();
        tone.frequency.value = toneHz;
        const out = audio.createMediaStreamDestination();
        tone.connect(out);
        tone.start();
        stream.addTrack(out.stream.getAudioTracks()[0]);
      }
      return stream;
    },

    /** The age in milliseconds of the clock in the picture that a video shows, or null when it cannot be read. */
    age(video, canvas) {
      const width = 280;
      canvas.width = width;
      canvas.height = 8;
      const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
      // Of the source only the row of blocks: its height is two blocks, of which the middle is read.
      const side = video.videoWidth / COLUMNS;
      context.drawImage(video, 0, side * 0.5, side * COLUMNS, side, 0, 0, width, 8);
      const pixels = context.getImageData(0, 4, width, 1).data;
      let time = 0;
      let check = 0;
      for (let bit = 0; bit < COLUMNS; bit++) {
        const x = Math.floor((bit + 0.5) * (width / COLUMNS));
        const on = pixels[x * 4 + 1] > 127 ? 1 : 0;
        if (bit < BITS) time |= on << bit;
        else check |= on << (bit - BITS);
      }
      if (check !== checksum(time)) return null;
      const age = (Math.floor(now()) % 2 ** BITS) - time;
      return age < -1000 ? age + 2 ** BITS : age;
    },
  };
})();
