/** A worker that ticks 30 times a second: timers of a page in the background are slowed down to one a second, a worker's are not. */
setInterval(() => postMessage(0), 1000 / 30);
