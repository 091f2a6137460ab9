// A host and a viewer on the page's SDK, and what a test wants to know of them.
(() => {
  const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  async function until(condition, what, ms = 20000) {
    const end = performance.now() + ms;
    for (;;) {
      const value = await condition();
      if (value) return value;
      if (performance.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
      await sleep(20);
    }
  }

  window.straitTest = {
    sleep,
    until,

    /** From now on this page's sessions send to another UDP port of the same machine than the answer names. */
    viaPort(port) {
      const original = RTCPeerConnection.prototype.setRemoteDescription;
      RTCPeerConnection.prototype.setRemoteDescription = function (description) {
        const lines = description.sdp.split('\r\n').flatMap((line) => {
          if (!line.startsWith('a=candidate:')) return [line];
          const fields = line.split(' ');
          const isIpv4Udp = fields[2].toLowerCase() === 'udp' && !fields[4].includes(':');
          return isIpv4Udp ? [[...fields.slice(0, 5), port, ...fields.slice(6)].join(' ')] : [];
        });
        return original.call(this, { type: description.type, sdp: lines.join('\r\n') });
      };
    },

    async host(options) {
      const { publish } = await import('/web/strait.js');
      const stream = straitClock.stream(options);
      const publisher = publish({ stream, ...options });
      window.publisher = publisher;
      await until(() => publisher.peerConnection?.connectionState === 'connected', 'the host is connected');
    },

    /** Frames sent so far and why not more, by rid. */
    async hostLayers() {
      const layers = {};
      (await window.publisher.peerConnection.getStats()).forEach((report) => {
        if (report.type === 'outbound-rtp' && report.kind === 'video') {
          layers[report.rid ?? ''] = {
            at: report.timestamp,
            framesSent: report.framesSent,
            height: report.frameHeight ?? 0,
            bytesSent: report.bytesSent,
            retransmitted: report.retransmittedPacketsSent,
            limitation: report.qualityLimitationReason,
            limitedSeconds: report.qualityLimitationDurations.cpu + report.qualityLimitationDurations.bandwidth,
            keyFrames: report.keyFramesEncoded,
            plis: report.pliCount,
            nacks: report.nackCount,
          };
        }
      });
      return layers;
    },

    async viewer(options) {
      const { watch } = await import('/web/strait.js');
      const video = document.createElement('video');
      video.muted = true;
      video.playsInline = true;
      video.autoplay = true;
      video.width = 640;
      document.body.prepend(video);
      window.video = video;
      const clicked = performance.now();
      window.viewer = watch({ video, ...options });
      await until(() => video.videoWidth > 0 && !video.paused && video.currentTime > 0, 'the first frame');
      return performance.now() - clicked;
    },

    /** An offer as a host makes it, for requests that are to be refused. */
    async anOffer() {
      const pc = new RTCPeerConnection();
      pc.addTransceiver('audio', { direction: 'sendonly' });
      pc.addTransceiver('video', { direction: 'sendonly' });
      const offer = await pc.createOffer();
      pc.close();
      return offer.sdp;
    },

    /** Watches two publications at once on a plain WHEP session; the heights of their pictures. */
    async watchTwo(room) {
      const pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
      const lines = ['audio', 'video', 'audio', 'video'].map((kind) => pc.addTransceiver(kind, { direction: 'recvonly' }));
      await pc.setLocalDescription();
      const answer = await fetch(`/whep/${room}`, {
        method: 'POST',
        body: pc.localDescription.sdp,
        headers: { 'content-type': 'application/sdp' },
      });
      await pc.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
      const videos = [lines[1], lines[3]].map((line) => {
        const video = document.createElement('video');
        video.muted = true;
        video.autoplay = true;
        video.srcObject = new MediaStream([line.receiver.track]);
        document.body.prepend(video);
        return video;
      });
      await until(() => videos.every((video) => video.videoWidth > 0 && video.currentTime > 0.5), 'both pictures');
      return { first: videos[0].videoHeight, second: videos[1].videoHeight };
    },

    async inbound(kind = 'video') {
      const host = window.viewer.stream.getTracks().find((track) => track.kind === kind);
      let found = null;
      (await window.viewer.peerConnection.getStats()).forEach((report) => {
        if (report.type === 'inbound-rtp' && report.trackIdentifier === host?.id) found = report;
      });
      return {
        at: found?.timestamp ?? 0,
        framesDecoded: found?.framesDecoded ?? 0,
        framesReceived: found?.framesReceived ?? 0,
        framesDropped: found?.framesDropped ?? 0,
        freezeCount: found?.freezeCount ?? 0,
        freezeSeconds: found?.totalFreezesDuration ?? 0,
        packetsLost: found?.packetsLost ?? 0,
        packetsReceived: found?.packetsReceived ?? 0,
        retransmitted: found?.retransmittedPacketsReceived ?? 0,
        nacks: found?.nackCount ?? 0,
        plis: found?.pliCount ?? 0,
        keyFrames: found?.keyFramesDecoded ?? 0,
        height: found?.frameHeight ?? 0,
        codecId: found?.codecId ?? '',
        concealed: found?.concealedSamples ?? 0,
        samples: found?.totalSamplesReceived ?? 0,
        audioEnergy: found?.totalAudioEnergy ?? 0,
      };
    },

    /** Ages of the clock in each picture shown for so long, and the longest gap between two pictures, in ms. */
    async glassToGlass(ms) {
      const canvas = document.createElement('canvas');
      const ages = [];
      let longestGap = 0;
      let unreadable = 0;
      let last = performance.now();
      let running = true;
      const frame = () => {
        if (!running) return;
        const at = performance.now();
        longestGap = Math.max(longestGap, at - last);
        last = at;
        const age = straitClock.age(window.video, canvas);
        if (age === null) unreadable++;
        else ages.push(age);
        window.video.requestVideoFrameCallback(frame);
      };
      window.video.requestVideoFrameCallback(frame);
      await sleep(ms);
      running = false;
      longestGap = Math.max(longestGap, performance.now() - last);
      ages.sort((a, b) => a - b);
      const at = (q) => ages[Math.min(ages.length - 1, Math.floor(q * ages.length))] ?? -1;
      return { pictures: ages.length, unreadable, p50: at(0.5), p95: at(0.95), max: at(1), longestGap };
    },
  };
})();
