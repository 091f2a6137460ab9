import { byId } from './dom.js';

/** The start page: a room's name, and which side of it to go to. */
byId('enter').addEventListener('submit', (event) => {
  event.preventDefault();
  const room = byId('room').value.trim();
  if (room) location.href = `/${event.submitter?.value ?? 'watch'}/${encodeURIComponent(room)}`;
});
