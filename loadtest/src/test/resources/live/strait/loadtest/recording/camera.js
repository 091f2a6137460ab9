// A picture that costs an encoder what a camera's does: somebody who moves before a still room, and grain over all.
(() => {
  const WIDTH = 1280;
  const HEIGHT = 720;
  const GRAINS = 4;
  const GRAIN_OPACITY = 0.08;

  function picture(paint) {
    const canvas = Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT });
    paint(canvas.getContext('2d', { alpha: false }));
    return canvas;
  }

  // The same numbers in each run: what is recorded today can be compared with what was recorded before.
  function randomNumbers(seed) {
    let state = seed;
    return () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
  }

  function room(context) {
    const random = randomNumbers(7);
    const wall = context.createLinearGradient(0, 0, WIDTH, HEIGHT);
    wall.addColorStop(0, '#9a8f80');
    wall.addColorStop(1, '#4d5660');
    context.fillStyle = wall;
    context.fillRect(0, 0, WIDTH, HEIGHT);
    for (let i = 0; i < 120; i++) {
      context.fillStyle = `hsl(${random() * 360} 30% ${20 + random() * 50}%)`;
      context.fillRect(random() * WIDTH, random() * HEIGHT, 10 + random() * 90, 10 + random() * 60);
    }
  }

  function grain(seed) {
    return (context) => {
      const random = randomNumbers(seed);
      const image = context.createImageData(WIDTH, HEIGHT);
      for (let i = 0; i < image.data.length; i += 4) {
        const value = random() * 255;
        image.data[i] = image.data[i + 1] = image.data[i + 2] = value;
        image.data[i + 3] = 255;
      }
      context.putImageData(image, 0, 0);
    };
  }

  function person(context, seconds) {
    const x = WIDTH / 2 + 60 * Math.sin(seconds * 0.9) + 20 * Math.sin(seconds * 3.1);
    const y = HEIGHT / 2 + 15 * Math.sin(seconds * 2.3);
    context.fillStyle = '#39506e';
    context.beginPath();
    context.ellipse(x, HEIGHT, 260, 300, 0, 0, 7);
    context.fill();
    context.fillStyle = '#d3a585';
    context.beginPath();
    context.ellipse(x, y, 105, 140, 0.1 * Math.sin(seconds * 1.7), 0, 7);
    context.fill();
    context.fillStyle = '#5b2f28';
    context.beginPath();
    context.ellipse(x, y + 70, 40, 4 + 14 * Math.abs(Math.sin(seconds * 8)), 0, 0, 7);
    context.fill();
    // A hand that shows something, now and then quickly.
    const wave = Math.sin(seconds * (1 + (Math.floor(seconds / 4) % 3)));
    context.fillStyle = '#c8584a';
    context.fillRect(x + 220 + 120 * wave, y + 60 - 80 * wave, 130, 170);
  }

  /** A stream of that picture at 30 frames a second, with the sound of an Ogg file (base64) over and over. */
  async function stream(sound) {
    const canvas = picture(() => {});
    const context = canvas.getContext('2d', { alpha: false });
    const background = picture(room);
    const grains = Array.from({ length: GRAINS }, (_, i) => picture(grain(i + 1)));
    const began = performance.now();
    let frame = 0;
    const draw = () => {
      context.globalAlpha = 1;
      context.drawImage(background, 0, 0);
      person(context, (performance.now() - began) / 1000);
      context.globalAlpha = GRAIN_OPACITY;
      context.drawImage(grains[frame++ % GRAINS], 0, 0);
    };
    draw();
    setInterval(draw, 1000 / 30);
    const made = canvas.captureStream(30);
    const audio = new AudioContext();
    const bytes = Uint8Array.from(atob(sound), (letter) => letter.charCodeAt(0));
    const player = new AudioBufferSourceNode(audio, { buffer: await audio.decodeAudioData(bytes.buffer), loop: true });
    const out = audio.createMediaStreamDestination();
    player.connect(out);
    player.start();
    made.addTrack(out.stream.getAudioTracks()[0]);
    return made;
  }

  window.straitCamera = {
    /** Publishes the picture to a room as the studio page does, and waits until all layers are sent. */
    async publish(room, sound) {
      const { publish } = await import('/web/strait.js');
      window.publisher = publish({ room, stream: await stream(sound) });
      await straitTest.until(async () => {
        if (window.publisher.peerConnection?.connectionState !== 'connected') return false;
        const layers = await straitTest.hostLayers();
        return ['q', 'h', 'f'].every((rid) => layers[rid]?.framesSent > 10);
      }, 'all three layers are sent', 60000);
    },
  };
})();
