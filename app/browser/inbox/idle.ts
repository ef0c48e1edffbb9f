const idleMs = 10 * 60_000;

/** Calls once nobody has touched the page for ten minutes, or as soon as it is left. */
export function startIdle(lock: () => void): { stop: () => void } {
  let touchedAt = Date.now();
  const touch = () => {
    touchedAt = Date.now();
  };
  // By the clock, not by one long timer: those stand still while a computer sleeps.
  const look = () => {
    if (Date.now() - touchedAt >= idleMs) lock();
  };
  const timer = setInterval(look, 5000);
  const stopping = new AbortController();
  const { signal } = stopping;
  for (const input of ["keydown", "pointerdown", "wheel", "touchmove"]) {
    document.addEventListener(input, touch, { signal, capture: true, passive: true });
  }
  document.addEventListener("visibilitychange", look, { signal });
  addEventListener("pagehide", lock, { signal });
  return {
    stop: () => {
      clearInterval(timer);
      stopping.abort();
    },
  };
}
