// A planted breach: loaded before a web process, it asks another host, by number and by name.
for (const host of ["192.0.2.1", "telemetry.parasol.example"]) {
  fetch(`http://${host}/`).catch(() => {});
}
