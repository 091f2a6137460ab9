/**
 * Calls back when the network under the page has changed: it came back, or is another one.
 *
 * @param {() => void} onChange
 * @param {AbortSignal} signal ends it
 */
export function onNetworkChange(onChange, signal) {
  window.addEventListener('online', onChange, { signal });
  const network = navigator.connection;
  let type = network?.type;
  // Only a change of kind (WLAN to mobile) counts: the event also comes with every new guess of the bandwidth.
  const look = () => {
    if (network.type === type || network.type === 'none') return;
    type = network.type;
    onChange();
  };
  network?.addEventListener?.('change', look, { signal });
}
