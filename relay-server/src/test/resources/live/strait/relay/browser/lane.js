// What a test wants to know of the studio and watch pages, by the hooks of docs/sdk.md.
(() => {
  const { until } = window.straitTest ?? {};
  const find = (selector) => document.querySelector(selector);
  const channelOf = (lane) => lane.readyLinks().find((link) => link.kind === 'data-channel');

  /** How many ask it and the text of each question that the host's lane has, however few of them are shown. */
  const boardLines = () => [...window.strait.lane.board.values()].map(({ count, text }) => `${count} ${text}`);

  /** How far a tone stands out of everything else that is heard, in dB; silence is 0. */
  function toneMeter(stream, hertz) {
    const audio = new AudioContext();
    const analyser = new AnalyserNode(audio, { fftSize: 4096, smoothingTimeConstant: 0 });
    new MediaStreamAudioSourceNode(audio, { mediaStream: stream }).connect(analyser);
    const bins = new Float32Array(analyser.frequencyBinCount);
    const binHertz = audio.sampleRate / analyser.fftSize;
    return () => {
      analyser.getFloatFrequencyData(bins);
      const decibels = (bin) => Math.max(bins[bin], -120);
      const at = Math.round(hertz / binHertz);
      const tone = Math.max(decibels(at - 1), decibels(at), decibels(at + 1));
      let loudest = -120;
      for (let bin = 4; bin < bins.length; bin++) if (Math.abs(bin - at) > 8) loudest = Math.max(loudest, decibels(bin));
      return tone - loudest;
    };
  }

  window.laneTest = {
    ready: () => until(() => window.strait?.lane.isReady, 'the lane is ready'),

    /** So many messages by the channel alone; the node takes 100 a second of a page. */
    flood: (count) => {
      const link = (window.flooded = channelOf(window.strait.lane));
      for (let i = 0; i < count; i++) link.send({ type: 'reaction', kind: 'heart' });
    },
    channelIsBack: () =>
      until(() => {
        const link = channelOf(window.strait.lane);
        return link && link !== window.flooded;
      }, 'another data channel'),
    /** Both kinds of links are through. */
    linked: (count) => until(() => window.strait.lane.readyLinks().length >= count, `${count} links`),

    async ask(words) {
      find('#ask-text').value = words;
      find('#ask-text').dispatchEvent(new Event('input', { bubbles: true }));
      find('#ask-send').click();
      await until(() => [...document.querySelectorAll('[data-question-item]')].some(
        (own) => own.dataset.state === 'accepted' && own.textContent.includes(words)), `accepted: ${words}`);
    },

    board: (count) => until(() => {
      const shown = [...document.querySelectorAll('[data-question-item] .asked')];
      return shown.length >= count && shown.map((each) => `${each.lang} ${each.textContent}`);
    }, `${count} questions on the board`),

    /** Clicks; when that was. */
    async interrupt() {
      await until(() => !find('#interrupt').disabled, 'one may cut in');
      const atMs = Date.now();
      find('#interrupt').click();
      return atMs;
    },

    /** Notes when each banner is painted, from now on. */
    watchBanners() {
      const paintedAt = (window.paintedAt = new Map());
      const look = () => {
        const item = find('#interrupts [data-interrupt-item]')?.dataset.interruptItem;
        if (item && !paintedAt.has(item)) {
          paintedAt.set(item, 0);
          // The frame after the one that finds it has it on the screen.
          requestAnimationFrame(() => paintedAt.set(item, Date.now()));
        }
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    },

    /** When the banner of that number, counted from 1, was painted. */
    painted: (number) => until(() => [...window.paintedAt.values()][number - 1], `banner ${number}`),

    /** A host who says no, half a second after each banner. */
    declineAll() {
      setInterval(() => {
        const shown = find('#interrupts [data-interrupt-item]');
        if (shown && Date.now() - (window.paintedAt.get(shown.dataset.interruptItem) || Date.now()) > 500) find('#decline').click();
      }, 50);
    },

    /** In the studio, from now on: when each interrupt comes and when the page says that it is painted, and that is its end. */
    noteArrivalsAndPaints() {
      const { lane } = window.strait;
      const arrivedAt = new Map();
      const noted = (window.arrivalsAndPaints = []);
      lane.setRules({ interruptsPerMinute: 0 });
      lane.addEventListener('interrupt', ({ detail, timeStamp }) => arrivedAt.set(detail.item, timeStamp));
      const tell = lane.tell.bind(lane);
      lane.tell = (message) => {
        tell(message);
        if (message.type !== 'seen') return;
        noted.push([arrivedAt.get(message.item), performance.now()]);
        setTimeout(() => lane.dismiss(message.item), 20);
      };
    },

    arrivalsAndPaints: (count) => until(
      () => window.arrivalsAndPaints.length >= count && window.arrivalsAndPaints, `${count} interrupts are painted`),

    status: (state) => until(() => find('#interrupt-status').dataset.state === state, `the interrupt is ${state}`),

    async stage(state) {
      await until(() => find('#on-stage').dataset.state === state, `on stage: ${state}`);
      return Date.now();
    },

    /** The most that a tone of somebody on stage stands out within a while. */
    async hears(hertz, ms) {
      const watching = window.strait.viewer ?? window.strait.desk;
      const guest = await until(() => watching.guests.find(({ live }) => live), 'somebody is on stage');
      await until(() => guest.stream.getAudioTracks().length > 0, 'sound of the guest');
      const meter = toneMeter(guest.stream, hertz);
      let most = 0;
      for (const end = performance.now() + ms; performance.now() < end; ) {
        await straitTest.sleep(100);
        most = Math.max(most, meter());
      }
      return most;
    },

    /** Notes from now on when the node greets the lane, when the studio is on air, and when a frame of that second is shown. */
    async watchReturns() {
      const { ClockReader } = await import('/web/page/clock-blocks.js');
      const { lane, viewer, publisher } = window.strait;
      const times = (window.returns = { lane: [], picture: [], air: [] });
      lane.addEventListener('ready', () => times.lane.push(Date.now()));
      publisher?.addEventListener('state', ({ detail }) => detail.state === 'live' && times.air.push(Date.now()));
      if (!viewer) return;
      const video = find('#video');
      const clock = new ClockReader();
      const onFrame = () => {
        const ageMs = clock.ageMs(video, Date.now());
        if (ageMs !== null && ageMs < 1000) times.picture.push(Date.now());
        video.requestVideoFrameCallback(onFrame);
      };
      video.requestVideoFrameCallback(onFrame);
    },

    /** When `what` was first noted after a time. */
    returned: (what, sinceMs) => until(() => window.returns[what].find((atMs) => atMs > sinceMs), `${what} is back`),

    /** Asks by the SDK, without the page's form, whether or not there is a link. */
    askAll(texts) {
      window.asked ??= [];
      for (const text of texts) window.asked.push(window.strait.lane.ask(text));
    },

    /** What was asked by askAll() and is acknowledged by now. */
    acknowledged: () => (window.asked ?? []).filter(({ state }) => state === 'accepted').map(({ text }) => text),

    allAcknowledged: () => until(() => window.asked.every(({ state }) => state === 'accepted'), 'all questions are accepted'),

    /** All that the host's lane has of the board, once there is so much of it. */
    wholeBoard: (least) => until(() => window.strait.lane.board.size >= least && boardLines(),
      `${least} questions on the host's board`),

    /**
     * The same once all of `lines` are among them, or patience has ended: what a page has missed follows bit by bit,
     * from both ends of the board, so that a number alone does not say that something is there.
     */
    async boardWith(lines) {
      const missing = () => new Set(lines).difference(new Set(boardLines())).size;
      await until(() => missing() === 0, 'the questions').catch(() => {});
      return boardLines();
    },

    nobodyOnStage: () => until(() => (window.strait.viewer ?? window.strait.desk).guests.length === 0, 'the stage is empty'),
  };
})();
